"""Networks that are trained already, and three ways to use them for something else.

Keras loads with the first call.
"""

from cnnlib.transfer.bases import pretrained_base
from cnnlib.transfer.cases import (
    attach,
    dense_head,
    extract_features,
    fine_tune,
    swap_head,
    unfreeze,
)
from cnnlib.transfer.contract import CONTRACTS, Contract, check_images, preprocess
from cnnlib.transfer.proof import changed, snapshot
from cnnlib.transfer.small import vgg_small

__all__ = [
    "CONTRACTS",
    "Contract",
    "attach",
    "changed",
    "check_images",
    "dense_head",
    "extract_features",
    "fine_tune",
    "preprocess",
    "pretrained_base",
    "snapshot",
    "swap_head",
    "unfreeze",
    "vgg_small",
]
