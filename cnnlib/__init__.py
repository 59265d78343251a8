"""Convolutional neural networks from the ground up: the library of the course."""

__version__ = "0.1.0"
