"""The Conv2D explorer in a browser: its arguments, what they make, what is refused."""

from itertools import product

import numpy as np
import pytest
from explorer_page import overhanging, sideways
from playwright.sync_api import expect

from cnnlib.explorers import Conv2DExplorer

RNG = np.random.default_rng(13)
NAMES = {2: ["steps"], 3: ["rows", "columns"], 4: ["frames", "rows", "columns"]}
EVERYTHING = Conv2DExplorer(
    (512, 224, 227), 512, 4, 3, "same", "channels_first", 1, 64, "sigmoid", False
)


@pytest.fixture
def page(open_page):
    return open_page(Conv2DExplorer(), width=1280)


def facts(page):
    names, texts = (page.locator(name).all_text_contents() for name in ("dt", "dd"))
    return dict(zip(names, texts, strict=True))


def field(page, label):
    return page.get_by_label(label, exact=True)


def choose(page, **arguments):
    for key, value in arguments.items():
        text = f'"{value}"' if isinstance(value, str) else str(value)
        field(page, key).select_option(label=text)


def settings():
    """Give many explorers: of all dimensions, made and refused, both data formats."""
    shapes = ((128, 3), (28, 28, 1), (5, 8, 6), (16, 64, 64, 4), (2, 7, 7, 6))
    for shape, padding in product(shapes, ("valid", "same")):
        for strides, dilation, groups in ((1, 1, 1), (2, 1, 2), (1, 2, 3), (3, 2, 1)):
            yield (
                shape,
                {
                    "filters": int(RNG.choice([6, 8, 64])),
                    "kernel_size": int(RNG.choice([1, 3, 5])),
                    "strides": strides,
                    "padding": padding,
                    "data_format": str(RNG.choice(["channels_last", "channels_first"])),
                    "dilation_rate": dilation,
                    "groups": groups,
                    "activation": RNG.choice([None, "relu", "softmax"]),
                    "use_bias": bool(RNG.integers(2)),
                },
            )


def test_the_page_says_what_python_says(page):
    refused = 0
    for shape, arguments in settings():
        field(page, "Layer").select_option(label=f"Conv{len(shape) - 1}D")
        choose(page, **arguments)
        names = [*NAMES[len(shape)], "channels"]
        choose(page, **dict(zip(names, shape, strict=True)))
        if arguments["data_format"] == "channels_first":
            shape = (shape[-1], *shape[:-1])
        explorer = Conv2DExplorer(shape, **arguments)
        assert facts(page) == dict(explorer.facts())
        refused += explorer.refusal() is not None
    assert 10 < refused < 30


@pytest.mark.parametrize(
    "explorer",
    [
        Conv2DExplorer(),
        EVERYTHING,
        Conv2DExplorer((3, 300), 77, 9, 2, "same", "channels_first"),
        Conv2DExplorer((9, 20, 31, 5), 10, 10, dilation_rate=5),
        Conv2DExplorer((28, 28, 3), 6, groups=2),
    ],
)
def test_live_and_static_say_the_same(open_page, explorer):
    static = open_page(explorer, java_script_enabled=False)
    assert static.locator(".ce-static").count() == 1
    assert facts(open_page(explorer)) == facts(static) == dict(explorer.facts())


def test_each_dimension_begins_with_an_input_of_its_own(page):
    layer = field(page, "Layer")
    for kind, output in (
        ("Conv1D", "(None, 124, 6)"),
        ("Conv3D", "(None, 12, 60, 60, 6)"),
        ("Conv2D", "(None, 24, 24, 6)"),
    ):
        layer.select_option(label=kind)
        expect(layer).to_have_value(kind[4])
        assert facts(page)["Output"] == output
        assert facts(page)["Code"] == f"keras.layers.{kind}(6, 5)"
    choose(page, rows=32)
    layer.select_option(label="Conv1D")
    layer.select_option(label="Conv2D")
    assert facts(page)["Input"] == "(None, 32, 28, 1)"


def test_channels_first_moves_the_field(page):
    names = """() => [...document.querySelectorAll(".ce-shape select")].map(
        select => select.getAttribute("aria-label"))"""
    assert page.evaluate(names) == ["rows", "columns", "channels"]
    choose(page, data_format="channels_first", channels=3)
    assert page.evaluate(names) == ["channels", "rows", "columns"]
    assert facts(page)["Output"] == "(None, 6, 24, 24)"
    assert facts(page)["Kernel"] == "(5, 5, 3, 6)"


def test_a_refusal_gives_the_reason_and_is_spoken(page):
    choose(page, strides=2, dilation_rate=2)
    assert facts(page)["Because"] == "strides=2 and dilation_rate=2: one has to be 1"
    expect(page.locator(".ce-spoken")).to_have_text(
        "Keras refuses: strides=2 and dilation_rate=2: one has to be 1"
    )
    choose(page, dilation_rate=1)
    assert "Because" not in facts(page)
    expect(page.locator(".ce-spoken")).to_have_text(
        "Output (None, 12, 12, 6). Parameters 5·5·1·6 + 6 = 156"
    )


def test_keys_alone(page):
    order = ["Layer", "rows", "columns", "channels", "filters", "kernel_size"]
    for label in order:
        page.keyboard.press("Tab")
        expect(field(page, label)).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert facts(page)["Kernel"] == "(6, 6, 1, 6)"
    for _ in ("strides", "padding", "data_format"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the fields of the input are made anew
    expect(field(page, "data_format")).to_be_focused()
    assert facts(page)["Input"] == "(None, 1, 28, 28)"


def test_reset_brings_back_the_first_layer(page):
    first = facts(page)
    field(page, "Layer").select_option(label="Conv3D")
    choose(page, data_format="channels_first", groups=2, frames=24)
    page.get_by_role("button", name="Reset").click()
    assert facts(page) == first
    expect(field(page, "groups")).to_have_value("0")
    expect(field(page, "rows")).to_have_value("28")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_what_follows_stays_where_it_is(open_page, width):
    page = open_page(Conv2DExplorer(), width=width)
    box = page.locator(".ce-note").bounding_box()
    for arguments in (
        {"padding": "same", "rows": 27, "dilation_rate": 2, "activation": "softmax"},
        {"groups": 4},
        {"groups": 1, "strides": 2},
    ):
        choose(page, **arguments)
        assert page.locator(".ce-note").bounding_box() == box


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_it_fits_a_phone(open_page, width, scripts):
    page = open_page(EVERYTHING, width=width, java_script_enabled=scripts)
    assert sideways(page) <= 0
    assert overhanging(page) == []
    over = page.locator("dd, dt, select").evaluate_all(
        "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth + 1).length"
    )
    assert over == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(Conv2DExplorer(strides=2, dilation_rate=2), theme, width=width)
    assert axe(page) == []


def test_forced_colors_say_it_in_words(open_page, axe):
    page = open_page(Conv2DExplorer((28, 28, 3), groups=2), forced_colors="active")
    assert facts(page)["Keras refuses"].startswith("The number of input channels")
    assert axe(page) == []
