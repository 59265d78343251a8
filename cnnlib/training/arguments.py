"""What training asks of its arguments, before anything is trained."""

from cnnlib._validate import complaint, finite, integer, numeric


def checked_seed(name, value):
    """Return a seed as Keras takes it: an int from 0 to below 2**32."""
    if (seed := integer(name, value, 0)) >= 2**32:
        raise ValueError(complaint(name, "an int below 2**32", seed))
    return seed


def examples(name, pair):
    """Return images and labels as arrays, as many of the one as of the other."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise ValueError(complaint(name, "a pair (x, y)", type(pair).__name__))
    x = finite(f"x of {name}", numeric(f"x of {name}", pair[0]))
    y = numeric(f"y of {name}", pair[1], "N")
    if x.ndim < 2:
        received = f"shape {x.shape}"
        raise ValueError(complaint(f"x of {name}", "shape (N, ...)", received))
    if len(x) != len(y):
        received = f"{len(x)} and {len(y)}"
        raise ValueError(complaint(name, "as many images as labels", received))
    return x, y
