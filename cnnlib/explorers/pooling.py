"""The pooling explorer: which input each output came from, and what a shift changes."""

import numpy as np

from cnnlib import ops
from cnnlib._validate import complaint, integer, numeric
from cnnlib.explorers import tables
from cnnlib.explorers.base import Explorer
from cnnlib.explorers.tables import number

PRESETS = {
    "example": (
        "4 × 4 example",
        [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]],
    ),
    "single": ("6 × 6 with one 9", (9 * (np.arange(36) == 14)).reshape(6, 6).tolist()),
}
OPERATIONS = {"max": ops.max_pool2d, "average": ops.average_pool2d}
# what a phone still shows well: sides in pixels, and the largest number in a cell
LIMITS = {
    "input": (3, 8),
    "pool_size": (2, 3),
    "strides": (1, 3),
    "value": 99,
    "shift": 3,
}


class PoolingExplorer(Explorer):
    """Max or average pooling of one small map, each output with its origin.

    In the page the numbers can be edited, and the input shifted pixel by pixel: zeros
    come in, and the outputs that change are marked.

    Args:
        x: one map, shape (H, W), 3 x 3 to 8 x 8, each number from -99 to 99; or a name
            from `PRESETS`.
        pool_size: side of the window, 2 or 3 pixels.
        strides: step of the window, 1 to 3 pixels; None stands for `pool_size`.
        operation: "max" or "average".
        name: part of the element's id, unlike that of any other explorer of a page.
    Raises:
        TypeError: if an argument has the wrong type.
        ValueError: if a value is out of range.
    """

    kind = "pooling"
    title = "Pooling explorer"

    def __init__(
        self, x="example", pool_size=2, strides=None, operation="max", name="pooling"
    ):
        super().__init__(name)
        self.preset = x if isinstance(x, str) else None
        self.x = _input(x)
        self.size = _setting("pool_size", pool_size)
        self.strides = _setting("strides", self.size if strides is None else strides)
        if operation not in OPERATIONS:
            expected = f"one of {', '.join(OPERATIONS)}"
            raise ValueError(complaint("operation", expected, repr(operation)))
        self.operation = operation
        pool = OPERATIONS[operation]
        self.output = pool(self.x[None, :, :, None], self.size, self.strides)[
            0, :, :, 0
        ]

    def config(self):
        """Return what the script needs to know, as a dict for JSON."""
        return {
            "x": tables.plain(self.x),
            "preset": self.preset,
            "presets": [[key, *preset] for key, preset in PRESETS.items()],
            "operation": self.operation,
            "pool_size": self.size,
            "strides": self.strides,
            "limits": LIMITS,
        }

    def window(self, row, column):
        """Return the values that one output sees, shape (pool_size, pool_size)."""
        top, left = row * self.strides, column * self.strides
        return self.x[top : top + self.size, left : left + self.size]

    def origin(self, row, column):
        """Return row and column of the input that an output of max pooling came from.

        Of equal maxima it is the first, row by row, as in `ops.max_pool2d_backward`.
        """
        down, right = divmod(int(self.window(row, column).argmax()), self.size)
        return row * self.strides + down, column * self.strides + right

    def origins(self):
        """Return the origin of each output of max pooling; of an average, nothing."""
        if self.operation == "average":
            return {}
        return {place: self.origin(*place) for place in np.ndindex(self.output.shape)}

    def captions(self):
        """Return what stands above input and output."""
        return f"Input {_by(self.x)}", f"Output {_by(self.output)}"

    def reading(self):
        """Return (arithmetic, result, remark) of the first output."""
        values = self.window(0, 0)
        names = [number(value) for value in values.flat]
        result = number(self.output[0, 0])
        if self.operation == "average":
            sign = "≈" if tables.is_rounded(self.output[0, 0]) else "="
            total = " + ".join(n if n[0].isdigit() else f"({n})" for n in names)
            return f"y[0, 0] = ({total}) / {values.size} {sign}", result, ""
        remark = "from input row {}, column {}".format(*self.origin(0, 0))
        ties = int((values == values.max()).sum())
        if ties > 1:
            remark += f": {ties} cells tie, the first one, row by row, counts"
        return f"y[0, 0] = max({', '.join(names)}) =", result, remark

    def facts(self):
        """Return (name, arithmetic) of the output size and of what stays."""
        rows, columns = (
            f"⌊({n} − {self.size}) / {self.strides}⌋ + 1 = {out}"
            for n, out in zip(self.x.shape, self.output.shape)
        )
        both = "rows and columns" if rows == columns else f"rows, {columns} columns"
        if self.operation == "average":
            kept = f"none as it is: each output is a mean of {self.size**2}"
        else:
            kept = f"{len(set(self.origins().values()))} of {self.x.size}"
        return (
            ("Output size", f"{rows} {both}"),
            ("Values that stay", kept),
            ("Parameters", "0"),
        )

    def static_html(self):
        """Return input and output as tables, the first window in words, the facts."""
        captions, origins = self.captions(), self.origins()
        pixels = tables.pixel_cells(self.x, (0, 0, self.size, self.size))
        for row, column in set(origins.values()):
            here = " from" if (row, column) == origins[0, 0] else ""
            cell = pixels[row][column]
            pixels[row][column] = cell.replace('class="', f'class="kept{here} ', 1)
        results = tables.result_cells(self.output, 0, 0)
        for (row, column), place in origins.items():
            label = f' data-from="{place[0]}, {place[1]}"'
            cell = results[row][column]
            results[row][column] = cell.replace("<td", f"<td{label}", 1)
        arithmetic, result, remark = self.reading()
        columns = self.x.shape[1] + self.output.shape[1]
        facts = "\n".join(
            f"<dt>{k}</dt>\n<dd>{words}</dd>" for k, words in self.facts()
        )
        return (
            f'<div class="ce-stage" style="--all:{columns}">\n'
            f"{tables.table(f'{captions[0]}, window in bold', pixels, 'ce-image')}"
            f"{tables.table(captions[1], results, 'ce-output')}"
            f'</div>\n<div class="ce-reading">\n<p class="ce-sum">{arithmetic} '
            f"<b>{result}</b> {remark}</p>\n"
            f'<dl class="ce-facts">\n{facts}\n</dl>\n</div>'
        )

    def text(self):
        """Return captions, output, the first window and the facts as plain text."""
        rows = (" ".join(f"{number(v):>5}" for v in row) for row in self.output)
        return "\n".join(
            (
                f"{self.title} ({self.operation}): {', '.join(self.captions())}",
                *rows,
                " ".join(self.reading()).rstrip(),
                *(": ".join(fact) for fact in self.facts()),
            )
        )

    def draw(self, figure):
        """Draw input and output in a row, with the first window and its origin."""
        from cnnlib import plots

        widths = [self.x.shape[1], self.output.shape[1]]
        lines = [" ".join(self.reading()), *(": ".join(fact) for fact in self.facts())]
        height = 0.45 * len(self.x) + 0.19 * len(lines) + 0.5
        figure.set_size_inches(max(0.45 * sum(widths) + 1.4, 6), height)
        axes = figure.subplots(1, 2, width_ratios=widths)
        source, result = self.captions()
        plots.matrix(self.x, axes[0], source, window=(0, 0, self.size, self.size))
        if self.operation == "max":
            plots.frame(axes[0], *self.origin(0, 0), 1, 1)
        plots.matrix(self.output, axes[1], f"→  {result}", window=(0, 0, 1, 1))
        figure.supxlabel("\n".join(lines).strip(), fontsize=9, x=0.02, ha="left")


def _by(array):
    return " × ".join(map(str, array.shape))


def _input(x):
    if isinstance(x, str):
        if x not in PRESETS:
            names = f"a matrix or one of {', '.join(PRESETS)}"
            raise ValueError(complaint("x", names, repr(x)))
        x = PRESETS[x][1]
    array = numeric("x", x, "H, W").astype(np.float64)
    low, high = LIMITS["input"]
    if min(array.shape) < low or max(array.shape) > high:
        expected = f"{low} to {high} rows and columns"
        raise ValueError(complaint("x", expected, f"shape {array.shape}"))
    most = LIMITS["value"]
    outside = array[~(np.abs(array) <= most)]  # NaN too
    if outside.size:
        expected = f"numbers from -{most} to {most}"
        raise ValueError(complaint("x", expected, str(outside[0])))
    return array


def _setting(name, value):
    low, high = LIMITS[name]
    value = integer(name, value, low)
    if value > high:
        expected = f"an int from {low} to {high}"
        raise ValueError(complaint(name, expected, str(value)))
    return value
