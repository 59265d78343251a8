"""What holds for every operation: forms that arrays come in, and what is refused."""

import inspect
import warnings

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib import ops

RNG = np.random.default_rng(0)
X, W, B = (RNG.normal(size=shape) for shape in [(2, 6, 6, 2), (3, 3, 2, 4), (4,)])
PLACES, BIASES = RNG.normal(size=(4, 4, 3, 3, 2, 4)), RNG.normal(size=(4, 4, 4))
ROWS, UNITS = RNG.normal(size=(3, 5)), RNG.normal(size=(5, 4))
MAPS, POOLED = np.ones((2, 4, 4, 4)), np.ones((2, 3, 3, 2))
# name: the arrays that it takes, and then its other arguments
OPERATIONS = {
    "average_pool2d": ([X], ()),
    "average_pool2d_backward": ([POOLED, X], ()),
    "conv2d": ([X, W, B], ()),
    "conv2d_backward": ([MAPS, X, W], ()),
    "correlate2d": ([X[0, :, :, 0], W[:, :, 0, 0]], ()),
    "dense": ([ROWS, UNITS, B], ()),
    "dense_backward": ([np.ones((3, 4)), ROWS, UNITS], ()),
    "dropout": ([X], (0.5, 0)),
    "dropout_backward": ([X, np.ones(X.shape)], ()),
    "flatten": ([X], ()),
    "flatten_backward": ([np.ones((2, 72)), X], ()),
    "global_average_pool2d": ([X], ()),
    "global_average_pool2d_backward": ([np.ones((2, 2)), X], ()),
    "im2col": ([X], (3,)),
    "locally_connected2d": ([X, PLACES, BIASES], ()),
    "locally_connected2d_backward": ([MAPS, X, PLACES], ()),
    "max_pool2d": ([X], ()),
    "max_pool2d_backward": ([POOLED, X], ()),
    "relu": ([X], ()),
    "relu_backward": ([X, X], ()),
    "sigmoid": ([X], ()),
    "sigmoid_backward": ([X, X], ()),
    "softmax_cross_entropy": ([ROWS], (np.array([0, 1, 4]),)),
    "tanh": ([X], ()),
    "tanh_backward": ([X, X], ()),
}
DOORS = [
    (name, i) for name, (arrays, _) in OPERATIONS.items() for i in range(len(arrays))
]


def call(name, place=None, array=None):
    arrays, others = OPERATIONS[name]
    given = [array if i == place else a for i, a in enumerate(arrays)]
    found = getattr(ops, name)(*given, *others)
    return [np.asarray(a) for a in (found if isinstance(found, tuple) else (found,))]


def read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def every_second(array):
    """Return the same numbers as a view that skips every second one in memory."""
    return np.repeat(array, 2, axis=-1)[..., ::2]


SAME = [
    np.ndarray.tolist,
    read_only,
    np.asfortranarray,
    every_second,
    lambda array: array[::-1].copy()[::-1],
    lambda array: array.astype(">f8"),
    lambda array: array.astype(np.longdouble),
    lambda array: np.ma.masked_array(array, mask=np.zeros(array.shape, bool)),
]


def test_the_table_has_every_operation():
    functions = {name for name in ops.__all__ if callable(getattr(ops, name))}
    assert functions == OPERATIONS.keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_names_its_source(name):
    assert "Source: " in inspect.getdoc(getattr(ops, name))


@pytest.mark.parametrize(("name", "place"), DOORS)
def test_one_number_in_any_form_is_the_same_number(name, place):
    array, expected = OPERATIONS[name][0][place], call(name)
    for form in SAME:
        for found, wanted in zip(call(name, place, form(array)), expected, strict=True):
            assert found.dtype == wanted.dtype
            assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("name", "place"), DOORS)
def test_a_broadcast_view_is_an_array_like_any_other(name, place):
    array = OPERATIONS[name][0][place]
    view, _ = np.broadcast_arrays(array[:1], array)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = call(name, place, view)
    for a, b in zip(found, call(name, place, view.copy()), strict=True):
        assert_allclose(a, b, rtol=1e-12)


@pytest.mark.parametrize(
    "dtype", ["uint8", "int8", "int64", "uint64", "bool", "float16"]
)
def test_small_numbers_are_worked_with_as_floats(dtype):
    for name, place in DOORS:
        array = OPERATIONS[name][0][place]
        small = (100 + 20 * np.tanh(array)).astype(dtype)
        wide = call(name, place, small.astype("float32"))
        for a, b in zip(call(name, place, small), wide, strict=True):
            assert a.dtype == b.dtype, name
            assert a.dtype in ("float32", "float64"), name
            assert_array_equal(a, b, name)


@pytest.mark.parametrize(
    ("bad", "error", "message"),
    [
        (lambda a: None, TypeError, "real numbers, received None"),
        (lambda a: a.astype(object), TypeError, "real numbers, received dtype object"),
        (lambda a: a.astype(str), TypeError, "real numbers, received dtype <U32"),
        (lambda a: a + 0j, TypeError, "real numbers, received dtype complex128"),
        (lambda a: a.astype("i8").astype("M8[s]"), TypeError, "real .* datetime64"),
        (lambda a: a.astype("i8").astype("m8[s]"), TypeError, "real .* timedelta64"),
        (lambda a: np.zeros(a.shape, [("a", "f8")]), TypeError, "real numbers, rec"),
        (lambda a: "a photo", TypeError, "real numbers, received dtype <U7"),
        (lambda a: b"a photo", TypeError, "real numbers, received dtype |S7"),
        (lambda a: {1: a}, TypeError, "real numbers, received dtype object"),
        (lambda a: (n for n in a), TypeError, "real numbers, received dtype object"),
        (lambda a: [[1], [1, 2]], ValueError, "rows of equal length, received"),
        (lambda a: a[:0], ValueError, ".* without an empty axis, received shape"),
        (lambda a: a[..., :0], ValueError, ".* without an empty axis, received shape"),
        (
            lambda a: np.ma.masked_array(a, mask=np.ones(a.shape, bool)),
            ValueError,
            "an array without masked values",
        ),
    ],
)
def test_what_is_no_array_of_numbers_is_named(bad, error, message):
    for name, place in DOORS:
        function = getattr(ops, name)
        argument = list(inspect.signature(function).parameters)[place]
        array = bad(OPERATIONS[name][0][place])
        if argument == "b" and array is None:
            continue  # no biases
        with pytest.raises(error, match=f"^{argument}: expected {message}"):
            call(name, place, array)


ANY_SHAPE = {"relu", "tanh", "sigmoid", "dropout", "flatten"}


@pytest.mark.parametrize(("name", "place"), DOORS)
def test_another_rank_is_named(name, place):
    if name in ANY_SHAPE:
        return
    argument = list(inspect.signature(getattr(ops, name)).parameters)[place]
    array = OPERATIONS[name][0][place]
    # where x may have any shape, it is dy that does not fit it
    first = r"\w+" if name.removesuffix("_backward") in ANY_SHAPE else argument
    for bad in (array[None], array[0], array.sum()):
        with pytest.raises(
            ValueError, match=rf"^{first}: expected shape \(.*, received"
        ):
            call(name, place, bad)


@pytest.mark.parametrize(("name", "place"), DOORS)
def test_what_float32_cannot_hold_is_refused(name, place):
    arrays, others = OPERATIONS[name]
    argument = list(inspect.signature(getattr(ops, name)).parameters)[place]
    small = [a.astype("float32") for a in arrays]
    small[place] = 1e300 * np.ones(arrays[place].shape)
    if argument in ("x", "logits", "image", "mask"):  # these decide the dtype
        with np.errstate(all="ignore"):
            found = getattr(ops, name)(*small, *others)
        for array in found if isinstance(found, tuple) else (found,):
            assert np.asarray(array).dtype == "float64"
    else:
        words = (
            rf"^{argument}: expected numbers that float32 can hold, received 1e\+300"
        )
        with pytest.raises(ValueError, match=words):
            getattr(ops, name)(*small, *others)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_arguments_stay_as_they_were(name):
    arrays = [a.copy() for a in OPERATIONS[name][0]]
    call(name)
    for before, after in zip(arrays, OPERATIONS[name][0], strict=True):
        assert_array_equal(before, after)
