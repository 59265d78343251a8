"""Training a Keras classifier: one call, several seeds, and what came of it.

`confusion`, `label_ranks` and `top_k_error` are NumPy, the others need Keras.
"""

from cnnlib.training.fit import fit, set_seed
from cnnlib.training.measures import confusion, label_ranks, top_k_error
from cnnlib.training.seeds import Runs, over_seeds

__all__ = [
    "Runs",
    "confusion",
    "fit",
    "label_ranks",
    "over_seeds",
    "set_seed",
    "top_k_error",
]
