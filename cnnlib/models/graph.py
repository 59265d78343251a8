"""What a built model is made of: its layers in the order in which they are called."""

from typing import NamedTuple

from cnnlib._validate import checked_shape, complaint


class Step(NamedTuple):
    """One call of a layer.

    Attributes:
        name: the layer's name, behind that of the model that it stands in.
        layer: the layer, or the operation of `keras.ops`.
        call: the node of Keras that holds the arguments of the call.
        sources: where its inputs come from: numbers of steps; the model's own inputs
            are -1, -2, ...
        input_shapes: their shapes, without N.
        output_shape: shape of what comes out, without N; None for an unknown size.
        is_first: False where the layer was called before, with the same weights.
    """

    name: str
    layer: object
    call: object
    sources: tuple
    input_shapes: tuple
    output_shape: tuple
    is_first: bool

    @property
    def kind(self):
        """The name of the layer's class, such as "Conv2D"."""
        return type(self.layer).__name__


class Graph(NamedTuple):
    """The calls of a model.

    Attributes:
        input_shapes: shapes of what goes in, without N.
        steps: a list of `Step`, sources before what they feed.
        outputs: the numbers of the steps whose results the model returns.
    """

    input_shapes: tuple
    steps: list
    outputs: tuple


def trace(model, input_shape=None):
    """List the calls of a model's layers, those of models inside it as well.

    Args:
        model: a Keras model. A subclass is called once on a placeholder; what it does
            in Python is followed, like a functional model.
        input_shape: shape of one example, such as (28, 28, 1), for a model that does
            not know it yet.
    Returns:
        A `Graph`.
    Raises:
        TypeError: if `model` is no Keras model.
        ValueError: if nothing is known of the shape of its input.
    """
    inputs, outputs = _ends(model, input_shape)
    steps, sources = [], {id(tensor): -1 - i for i, tensor in enumerate(inputs)}
    _follow(inputs, outputs, steps, sources, set(), "")
    shapes = tuple(tuple(tensor.shape[1:]) for tensor in inputs)
    return Graph(shapes, steps, tuple(sources[id(tensor)] for tensor in outputs))


def run(graph, inputs, weights=None):
    """Compute what each step gives, outside training.

    Args:
        graph: a `Graph`.
        inputs: one array for each input, shape (N, ...).
        weights: {number of a step: arrays}, in the place of the layer's own weights.
    Yields:
        The results of one step after the other, as the backend's tensors.
    """
    import keras

    values = {-1 - i: keras.ops.convert_to_tensor(x) for i, x in enumerate(inputs)}
    for number, step in enumerate(graph.steps):
        known = {
            id(tensor): values[source]
            for tensor, source in zip(step.call.input_tensors, step.sources)
        }
        args, kwargs = step.call.arguments.fill_in(known)
        own = getattr(step.layer, "weights", [])
        lent = weights[number] if weights and number in weights else own
        pairs = [(w, keras.ops.convert_to_tensor(v)) for w, v in zip(own, lent)]
        with keras.StatelessScope(state_mapping=pairs):
            values[number] = step.layer(*args, **kwargs)
        yield values[number]


def _ends(model, input_shape):
    """Return the placeholders of what goes in and of what comes out."""
    import keras

    if not isinstance(model, keras.Model):
        expected = "a Keras model"
        raise TypeError(complaint("model", expected, type(model).__name__))
    sequential = isinstance(model, keras.Sequential)
    if sequential and not model.built and input_shape is not None:
        model.build((None, *checked_shape("input_shape", input_shape)))
    if (sequential and model.built) or hasattr(model, "operations"):
        return model.inputs, model.outputs
    if input_shape is None:
        seen = None if sequential else model.get_build_config()
        seen = (seen or {}).get("input_shape")
        if not seen:
            expected = "a model that knows its input, or input_shape=(H, W, C)"
            raise ValueError(complaint("model", expected, f"{model.name}, not built"))
        input_shape = seen[1:]
    inputs = keras.Input(tuple(input_shape))
    model(inputs)  # builds it; Keras looks at such a call from outside only
    outputs = model.call(inputs)
    return [inputs], outputs if isinstance(outputs, (list, tuple)) else [outputs]


def _follow(inputs, outputs, steps, sources, called, prefix):
    """Append the calls between these placeholders; `sources` says who made which."""
    import keras

    whole = keras.Model(inputs, outputs, name="whole")  # takes no number
    depths = sorted(whole._nodes_by_depth, reverse=True)
    calls = [call for depth in depths for call in whole._nodes_by_depth[depth]]
    for call in calls:
        layer, name = call.operation, prefix + call.operation.name
        if isinstance(layer, keras.layers.InputLayer):
            continue
        came = call.input_tensors
        if isinstance(layer, keras.Model):
            ins, outs = _ends(layer, came[0].shape[1:])
            inner = {id(t): sources[id(c)] for t, c in zip(ins, came)}
            _follow(ins, outs, steps, inner, called, f"{name}/")
            sources |= {id(t): inner[id(o)] for t, o in zip(call.outputs, outs)}
            continue
        sources |= {id(tensor): len(steps) for tensor in call.outputs}
        steps.append(
            Step(
                name,
                layer,
                call,
                tuple(sources[id(tensor)] for tensor in came),
                tuple(tuple(tensor.shape[1:]) for tensor in came),
                tuple(call.outputs[0].shape[1:]),
                id(layer) not in called,
            )
        )
        called.add(id(layer))
