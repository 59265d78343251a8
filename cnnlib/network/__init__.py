"""A network: layers in a row, its training, its file, and a check of its gradients."""

from cnnlib.network.gradient_check import check_gradients
from cnnlib.network.model import Network

__all__ = ["Network", "check_gradients"]
