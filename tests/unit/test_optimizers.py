import numpy as np
import pytest
from numpy.testing import assert_allclose

from cnnlib.optimizers import SGD, Adagrad, Adam

# numbers that float32 holds exactly, because Keras rounds each setting to float32
TINY = 2.0**-20
ALIKE = [
    ("SGD", {"learning_rate": 0.125}),
    ("SGD", {"learning_rate": 0.125, "momentum": 0.875}),
    ("SGD", {"learning_rate": 0.125, "momentum": 0.875, "nesterov": True}),
    ("Adagrad", {"learning_rate": 0.5, "initial_accumulator_value": 0.125}),
    ("Adagrad", {"learning_rate": 0.5, "initial_accumulator_value": 0.0}),
    ("Adam", {"learning_rate": 0.125, "beta_1": 0.875, "beta_2": 0.96875}),
    ("Adam", {"learning_rate": 0.125, "beta_1": 0.5, "beta_2": 0.75}),
]
MINE = {"SGD": SGD, "Adagrad": Adagrad, "Adam": Adam}


@pytest.mark.parametrize(("name", "settings"), ALIKE)
@pytest.mark.parametrize(("dtype", "rtol"), [("float64", 1e-12), ("float32", 2e-5)])
def test_every_step_is_the_one_of_keras(keras, name, settings, dtype, rtol):
    rng = np.random.default_rng(0)
    parameters = [rng.normal(size=shape).astype(dtype) for shape in [(3, 2), (4,)]]
    variables = [keras.Variable(array, dtype=dtype) for array in parameters]
    if name != "SGD":
        settings = settings | {"epsilon": TINY}
    mine, theirs = MINE[name](**settings), getattr(keras.optimizers, name)(**settings)
    for _ in range(20):
        gradients = [rng.normal(size=p.shape).astype(dtype) for p in parameters]
        mine.update(parameters, gradients)
        theirs.apply([keras.ops.convert_to_tensor(g) for g in gradients], variables)
        for parameter, variable in zip(parameters, variables):
            assert parameter.dtype == dtype
            assert_allclose(parameter, variable.numpy(), rtol=rtol, atol=rtol)


@pytest.mark.parametrize("name", MINE)
def test_steps_with_the_defaults_are_those_of_keras(keras, name):
    w, mine = np.ones(3, "float32"), MINE[name]()
    variable, theirs = keras.Variable(w), getattr(keras.optimizers, name)()
    for gradient in np.float32([[1, 0, -2], [3, 1e-6, 2], [0, 5, 1]]):
        mine.update([w], [gradient])
        theirs.apply([keras.ops.convert_to_tensor(gradient)], [variable])
        assert_allclose(w, variable.numpy(), rtol=1e-6)


@pytest.mark.parametrize("name", MINE)
def test_the_defaults_are_those_of_keras(keras, name):
    mine, config = MINE[name](), getattr(keras.optimizers, name)().get_config()
    assert mine.learning_rate == pytest.approx(config["learning_rate"])
    for setting in ("momentum", "nesterov", "beta_1", "beta_2", "epsilon"):
        assert getattr(mine, setting, None) == config.get(setting)
    if name == "Adagrad":
        assert mine.start == (config["initial_accumulator_value"],)


def test_the_first_step_by_hand():
    for optimizer, expected in [
        (SGD(0.1), -0.2),
        (SGD(0.1, momentum=0.9), -0.2),
        (SGD(0.1, momentum=0.9, nesterov=True), -0.38),
        (Adagrad(0.1, initial_accumulator_value=0), -0.1),
        (Adam(0.1), -0.1),
    ]:
        w = np.zeros(1)
        optimizer.update([w], [np.array([2.0])])
        assert_allclose(w, expected, rtol=1e-5)


def test_a_float64_gradient_does_not_widen_float32():
    for optimizer in (SGD(0.1, momentum=0.9), Adagrad(0.1), Adam()):
        w = np.zeros(2, "float32")
        optimizer.update([w], [np.ones(2)])
        assert w.dtype == "float32"
        assert (w < 0).all()


ONCE = np.zeros(2)


@pytest.mark.parametrize("shape", [(3,), (4,)])
@pytest.mark.parametrize("name", MINE)
def test_an_optimizer_serves_one_network(name, shape):
    optimizer, w, other = MINE[name](), np.ones(3), np.ones(shape)
    optimizer.update([w], [np.ones(3)])
    before = w.copy()
    message = r"^optimizer: expected the arrays that it moved before; make a new opt"
    with pytest.raises(ValueError, match=message):
        optimizer.update([other], [np.ones(shape)])
    with pytest.raises(ValueError, match=message):
        optimizer.update([w, other], [np.ones(3), np.ones(shape)])
    assert (w == before).all()
    assert (other == 1).all()
    assert optimizer.iterations == 1
    optimizer.update([w], [np.ones(3)])  # and it goes on with its own
    assert optimizer.iterations == 2


@pytest.mark.parametrize(
    ("parameters", "gradients", "error", "message"),
    [
        ([np.zeros(3)], [np.ones(1)], ValueError, r"gradients\[0\]: .*\(3,\)"),
        ([np.zeros(3)], [np.array(1.0)], ValueError, r"gradients\[0\]: .*shape \(\)"),
        ([np.zeros(3)], [np.ones((3, 1))], ValueError, r"gradients\[0\]: expected"),
        ([np.zeros((3, 3))], [np.ones(3)], ValueError, r"gradients\[0\]: expected"),
        ([np.zeros((3, 2))], [np.ones((2, 3))], ValueError, r"gradients\[0\]: exp"),
        ([np.zeros(2)] * 2, [np.ones(2)], ValueError, "gradients: expected 2, one"),
        ([np.zeros(2)], [np.ones(2)] * 2, ValueError, "gradients: expected 1, one"),
        ([np.zeros(2), ONCE, ONCE], [ONCE] * 3, ValueError, "parameters: .* one twice"),
        (np.zeros(2), None, TypeError, "gradients: expected a list of arrays"),
        (None, [], TypeError, "parameters: expected a list of arrays, received None"),
        ([np.zeros(2, "f4")], [[1e300, 0]], ValueError, r"gradients.*float32 can hold"),
        ([np.zeros(2)], [None], TypeError, r"gradients\[0\]: expected real numbers"),
        ([np.zeros(2)], [["a", "b"]], TypeError, r"gradients\[0\]: expected real"),
        ([[0.0, 0.0]], [np.ones(2)], TypeError, r"parameters\[0\]: .* received list"),
        ([0.0], [1.0], TypeError, r"parameters\[0\]: .* received float"),
        ([np.zeros(2, int)], [np.ones(2)], TypeError, r"parameters\[0\]: .* int64"),
        ([np.zeros(2, "f2")], [np.ones(2)], TypeError, r"parameters\[0\]: .* float16"),
    ],
)
@pytest.mark.parametrize("name", MINE)
def test_what_does_not_fit_moves_nothing(name, parameters, gradients, error, message):
    optimizer = MINE[name]()
    with pytest.raises(error, match="^" + message):
        optimizer.update(parameters, gradients)
    for parameter in [] if parameters is None else parameters:
        assert np.all(np.asarray(parameter) == 0)
    assert optimizer.iterations == 0


def test_gradients_may_be_lists():
    w = np.zeros(2)
    SGD(1.0).update([w], [[1, 2]])
    assert w.tolist() == [-1, -2]


def test_a_read_only_parameter_is_refused():
    w = np.zeros(2)
    w.flags.writeable = False
    with pytest.raises(ValueError, match=r"^parameters\[0\]: .* can be written"):
        SGD().update([w], [np.ones(2)])


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: SGD(-1), ValueError, r"learning_rate: .* at least 0, received -1"),
        (lambda: SGD(np.inf), ValueError, r"learning_rate: .* received inf"),
        (lambda: SGD("fast"), TypeError, r"learning_rate: .* received 'fast'"),
        (lambda: SGD(0.1, momentum=1), ValueError, r"momentum: .* below 1"),
        (lambda: SGD(0.1, 0.9, 1), TypeError, r"nesterov: expected True or False"),
        (lambda: Adagrad(0.1, -1), ValueError, r"initial_accumulator_value: .* -1"),
        (lambda: Adagrad(0.1, epsilon=-1), ValueError, r"epsilon: .* received -1"),
        (lambda: Adam(beta_1=1), ValueError, r"beta_1: expected a number from 0 to"),
        (lambda: Adam(beta_2=-0.1), ValueError, r"beta_2: .* received -0.1"),
        (lambda: Adam(epsilon=True), TypeError, r"epsilon: .* received True"),
    ],
)
def test_bad_settings_are_named(make, error, message):
    with pytest.raises(error, match="^" + message):
        make()
