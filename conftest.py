"""Wherever pytest runs notebooks here, their figures are compared too."""

pytest_plugins = ["tools.notebooks.nbval_plugin"]
