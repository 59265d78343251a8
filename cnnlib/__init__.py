"""Convolutional neural networks from the ground up: the library of the course.

A module imports what stands below it, and nothing beside or above:

    checks  explorers  diagrams      the reader's side: answers, things to play with
    transfer                         Keras: trained networks, used for something else
    training                         Keras: a model's training, over several seeds
    network                          NumPy: a model, its training, its file
    layers  optimizers               NumPy: what has weights, and what moves them
    models                           Keras: the networks of the papers
    ops                              NumPy: one operation a file, its gradient below it
    augment                          Keras: random views; by hand in NumPy
    recount                          what papers say of their networks, counted again
    data  plots  source  startup     names -> arrays, arrays -> figures, code shown
    plans  measured                  networks as tuples, results -> tables
    shapes                           sizes, receptive fields, parameters: integers
    _page  _progress  _validate      pieces of a page, a line of progress, arguments

An operation's file has the operation's name, in `ops` and in `layers`.
`pyproject.toml` holds this order, and `make lint` checks it.
"""

__version__ = "0.1.0"
