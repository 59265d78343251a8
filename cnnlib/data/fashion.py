"""Fashion-MNIST: clothes in the place of digits."""

from cnnlib.data.full import FullSet, load_full, read_idx

FASHION_CLASSES = (
    "T-shirt",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
"""What the labels of Fashion-MNIST stand for, 0 to 9."""

FASHION = FullSet(
    call="load_fashion_mnist()",
    title="Fashion-MNIST",
    module="fashion_mnist",
    folder="fashion",
    files={
        "train-images-idx3-ubyte.gz": (
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"
        ),
        "train-labels-idx1-ubyte.gz": (
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"
        ),
        "t10k-images-idx3-ubyte.gz": (
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"
        ),
        "t10k-labels-idx1-ubyte.gz": (
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
        ),
    },
    read=read_idx,
    join=tuple,
    instead="load_mnist() gives pictures of the same form that need neither",
)


def load_fashion_mnist():
    """Load all of Fashion-MNIST: 60,000 and 10,000 gray pictures of clothes.

    They come through `keras.datasets`, which downloads them once; where the
    environment variable CNNLIB_DATA names a folder, from the four original files in
    its `fashion`.

    Returns:
        (x_train, y_train), (x_test, y_test): images of shape (N, 28, 28, 1), float32
        from 0 (background) to 1, and labels of shape (N,), ints from 0 to 9, which
        `FASHION_CLASSES` names.
    Raises:
        ConnectionError: if the set has to be downloaded and cannot be.
        FileNotFoundError: if a file is missing in the folder of CNNLIB_DATA.
        ModuleNotFoundError: if it has to be downloaded and there is no Keras.
        OSError: if a file cannot be read, or Keras cannot write its copy.
        ValueError: if a file is truncated or altered.
    Source: Xiao, Rasul & Vollgraf (2017), arXiv:1708.07747.
    """
    return load_full(FASHION)
