"""Dropout, forward and backward."""

from cnnlib._validate import floats, fraction, generator, shaped


def dropout(x, rate, rng):
    """Set a part of the values to 0 and make up for it in the others (inverted).

    Args:
        x: any shape.
        rate: chance of each value to be dropped, from 0 to below 1.
        rng: a NumPy generator, or a seed for one.
    Returns:
        (y, mask): y = x * mask, where mask is 0 for what is dropped and
        1 / (1 - rate) for what stays, so that the expected value of y is x.
    Raises:
        TypeError: if `x` does not hold real numbers, `rate` is no number, or `rng`
            neither a generator nor a seed.
        ValueError: if `x` is empty, or `rate` or the seed out of range.
    Source: Srivastava et al. (2014), section 10, the inverted form.
    """
    x = floats("x", x)
    rate = fraction("rate", rate)
    kept = generator("rng", rng).random(x.shape, dtype=x.dtype) >= rate
    mask = kept / x.dtype.type(1 - rate)
    return x * mask, mask


def dropout_backward(dy, mask):
    """Multiply the gradient by the same mask.

    Args:
        dy: gradient of the loss for the output, the shape of the mask.
        mask: as `dropout` gave it.
    Returns:
        dx, the shape of the mask.
    Raises:
        TypeError: if an array does not hold real numbers.
        ValueError: if the mask is empty, or `dy` has another shape.
    Source: Srivastava et al. (2014), section 5.1.
    """
    mask = floats("mask", mask)
    return shaped("dy", dy, mask.shape, mask.dtype) * mask
