"""What each layer of a model costs: parameters, multiplications, activations."""

from math import prod
from typing import NamedTuple

from cnnlib._validate import complaint
from cnnlib.models.graph import trace
from cnnlib.models.windows import fields, positions

COSTS = ("parameters", "multiplications", "activations")


class Row(NamedTuple):
    """One layer of a model.

    Attributes:
        name: the layer's name; behind that of a model inside the model, if it is there.
        kind: its class, such as "Conv2D".
        output_shape: shape of what comes out for one example, without N.
        parameters: its weights and biases, and what it keeps besides; 0 where a layer
            is called once more.
        multiplications: of weights with inputs, for one example.
        activations: how many values come out, for one example.
        receptive_field: pixels of the input that one value of the map looks at: an
            int, or one a side where they differ; None where there is no map.
    """

    name: str
    kind: str
    output_shape: tuple
    parameters: int
    multiplications: int
    activations: int
    receptive_field: int | tuple | None


class LayerTable:
    """The rows of a model's layers, with their sums; a notebook shows it as a table.

    Attributes:
        rows: a list of `Row`, in the order in which the layers are called.
        parameters: their sum, which is the model's `count_params()`.
        multiplications: their sum.
        activations: their sum.
    """

    def __init__(self, rows):
        self.rows = rows
        for cost in COSTS:
            setattr(self, cost, sum(getattr(row, cost) for row in rows))

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, name):
        """Return a row by its layer's name, or by its number from 0.

        Raises:
            KeyError: if no layer has that name.
        """
        if not isinstance(name, str):
            return self.rows[name]
        found = [row for row in self.rows if row.name == name]
        if not found:
            names = ", ".join(row.name for row in self.rows)
            raise KeyError(complaint("name", f"one of {names}", repr(name)))
        return found[0]

    def bars(self, *costs):
        """Draw bars beside each other, one row a layer that has any of these costs.

        Args:
            costs: "parameters", "multiplications" or "activations"; without any, the
                first two.
        Returns:
            The Axes, one for each cost.
        Raises:
            ValueError: if there is no such cost.
        """
        from cnnlib import plots

        costs = costs or COSTS[:2]
        for cost in costs:
            if cost not in COSTS:
                expected = f"some of {', '.join(COSTS)}"
                raise ValueError(complaint("costs", expected, repr(cost)))
        rows = [row for row in self.rows if any(getattr(row, cost) for cost in costs)]
        columns = {cost: [getattr(row, cost) for row in rows] for cost in costs}
        return plots.layer_bars([row.name for row in rows], columns)

    def __repr__(self):
        return self._repr_markdown_()

    def _repr_markdown_(self):
        heads = ["layer", "kind", "output shape", *COSTS, "receptive field"]
        lines = [heads, ["---"] * 3 + ["--:"] * 4]
        lines += [[_cell(value) for value in row] for row in self.rows]
        sums = [f"{getattr(self, cost):,}" for cost in COSTS]
        lines.append(["**sum**", "", "", *sums, ""])
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def layer_table(model, input_shape=None):
    """Count what each layer of a model costs.

    Only multiplications of weights with inputs count, those of convolutions and dense
    layers, one example at a time; biases, normalization, pooling and activations are
    left out, as papers leave them out. A layer of your own may say its number with
    a method `count_multiplications`, which gets the output's shape without N; it is
    asked first.

    The receptive field follows sizes, strides, dilations, padding and branches. Of a
    layer without a window, a map of the same size is taken to look at the same
    pixels.

    Args:
        model: a Keras model, functional, Sequential or a subclass; branches and models
            inside it are followed.
        input_shape: shape of one example, as (28, 28, 1), for a model that does not
            know it yet.
    Returns:
        A `LayerTable`.
    Raises:
        TypeError: if `model` is no Keras model.
        ValueError: if a shape is unknown, or a layer has weights whose multiplications
            cannot be counted; the message names it.
    Source: Szegedy et al. (2015), table 1, which counts parameters and operations
        layer by layer; receptive fields as in Araujo, Norris & Sim (2019),
        doi:10.23915/distill.00021.
    """
    graph = trace(model, input_shape)
    rows = []
    for step, field in zip(graph.steps, fields(graph)):
        if None in step.output_shape:
            expected = "known sizes, as of keras.Input((28, 28, 1))"
            came = f"{step.name} with output shape {step.output_shape}"
            raise ValueError(complaint("model", expected, came))
        weights = getattr(step.layer, "weights", [])
        parameters = sum(prod(w.shape) for w in weights) if step.is_first else 0
        counts = parameters, multiplications(step), prod(step.output_shape)
        rows.append(Row(step.name, step.kind, step.output_shape, *counts, field))
    return LayerTable(rows)


def multiplications(step):
    """Count the products of weights with inputs in one call, for one example.

    Raises:
        ValueError: if the layer is of a kind that is not known.
    """
    from keras import layers

    layer = step.layer
    if hasattr(layer, "count_multiplications"):
        return int(layer.count_multiplications(step.output_shape))
    tables = [w for w in getattr(layer, "weights", []) if len(w.shape) > 1]
    weights = sum(prod(w.shape) for w in tables)  # all but the biases
    transposed = layers.Conv1DTranspose, layers.Conv2DTranspose, layers.Conv3DTranspose
    if isinstance(layer, transposed):  # each input meets each weight
        return prod(positions(layer, step.input_shapes[0])) * weights
    slides = (
        layers.Conv1D,
        layers.Conv2D,
        layers.Conv3D,
        layers.DepthwiseConv1D,
        layers.DepthwiseConv2D,
        layers.SeparableConv1D,
        layers.SeparableConv2D,
        layers.Dense,
    )
    if isinstance(layer, slides):  # each weight is used at each place
        return prod(positions(layer, step.output_shape)) * weights
    scales = (
        layers.BatchNormalization,
        layers.GroupNormalization,
        layers.LayerNormalization,
        layers.Normalization,
        layers.PReLU,
    )
    multiplies_data = ("Attention", "AdditiveAttention", "Dot", "Matmul", "Einsum")
    is_free = isinstance(layer, scales) or not getattr(layer, "weights", [])
    if is_free and step.kind not in multiplies_data:
        return 0
    expected = (
        "a convolution, Dense, a normalization, a layer without weights, or one with "
        "a method count_multiplications(output_shape)"
    )
    raise ValueError(complaint(step.name, expected, step.kind))


def _cell(value):
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
