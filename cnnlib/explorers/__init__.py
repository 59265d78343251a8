"""Figures to play with: they need no kernel, no network and no installation to read."""

from cnnlib.explorers.architecture import ArchitectureExplorer
from cnnlib.explorers.channels import ChannelsExplorer
from cnnlib.explorers.connections import ConnectionsExplorer
from cnnlib.explorers.conv2d import Conv2DExplorer
from cnnlib.explorers.convolution import ConvolutionExplorer
from cnnlib.explorers.cost import CostExplorer
from cnnlib.explorers.descent import DescentExplorer
from cnnlib.explorers.equivariance import EquivarianceExplorer
from cnnlib.explorers.frozen import FrozenExplorer
from cnnlib.explorers.gradient import GradientExplorer
from cnnlib.explorers.pooling import PoolingExplorer
from cnnlib.explorers.receptive_field import ReceptiveFieldExplorer
from cnnlib.explorers.residual import ResidualExplorer
from cnnlib.explorers.size import SizeExplorer

__all__ = [
    "ArchitectureExplorer",
    "ChannelsExplorer",
    "ConnectionsExplorer",
    "Conv2DExplorer",
    "ConvolutionExplorer",
    "CostExplorer",
    "DescentExplorer",
    "EquivarianceExplorer",
    "FrozenExplorer",
    "GradientExplorer",
    "PoolingExplorer",
    "ReceptiveFieldExplorer",
    "ResidualExplorer",
    "SizeExplorer",
]
