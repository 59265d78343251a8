"""What all explorers promise in a browser: to hold still, fit, play, begin again."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlib.explorers import (
    ChannelsExplorer,
    ConnectionsExplorer,
    Conv2DExplorer,
    ConvolutionExplorer,
    CostExplorer,
    DescentExplorer,
    EquivarianceExplorer,
    FrozenExplorer,
    GradientExplorer,
    PoolingExplorer,
    ReceptiveFieldExplorer,
    ResidualExplorer,
    SizeExplorer,
)

ONES = np.ones((5, 5), int)
SLIDING = {
    "convolution": ConvolutionExplorer(),
    "box": ConvolutionExplorer("photo", "box", strides=2),
    "pooling": PoolingExplorer([[1, 1, 22.5], [1, 1, -3], [0, 7, 0.125]], strides=1),
    "gradient": GradientExplorer(),
    "channels": ChannelsExplorer("red-dark-green", "luma"),
    "equivariance": EquivarianceExplorer(size=6),
}
# of each kind the settings that take the most room
LARGEST = {
    "kernel 5": ConvolutionExplorer(np.full((10, 10), 255), ONES, padding=2),
    "kernel 3": ConvolutionExplorer(np.full((10, 10), 255), "scharr_x", padding=2),
    "kernel 1": ConvolutionExplorer(np.full((10, 10), 255), [[1]], padding=2),
    "pooling": PoolingExplorer(np.full((8, 8), -88), 2, 1),
    "gradient": GradientExplorer(9 * ONES, ONES[:3, :3]),
    "size": SizeExplorer(12, 1, 3, 1),
    "channels": ChannelsExplorer(np.full((4, 4, 3), 255), (-1, -1, -1)),
    "descent": DescentExplorer(),
    "equivariance": EquivarianceExplorer(size=10),
    "connections": ConnectionsExplorer(np.ones((8, 16), int)),
    "receptive field": ReceptiveFieldExplorer("one-5"),
}
# no grid of pixels: what fits on a screen is tested with each
LISTED = {
    "conv2d": Conv2DExplorer(),
    "residual": ResidualExplorer(),
    "cost": CostExplorer(),
    "frozen": FrozenExplorer("original"),
}
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


@pytest.fixture
def open_explorer(open_html):
    def opened(explorer, **options):
        return open_html(
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>x</title></head>'
            '<body><main style="max-width: 736px">'
            f"{explorer.html()}</main></body></html>",
            **options,
        )

    return opened


def stop_the_clock(page):
    """Let time pass by `run_for` alone, however slow the machine is."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def place(page):
    cell = page.locator(".ce-output td.w").first
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


# where everything stands that should not move
BOXES = """const boxes = () => [...document.querySelectorAll(
    ".cnnlib-explorer, .ce-controls *, .ce-part, td, caption, .ce-slot, dt, .ce-note"
)].filter(node => node.localName !== "option").map(node => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [x, y, width, height].join();
}).join(" ");"""


@pytest.mark.parametrize("options", [{"width": 1280}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("kind", SLIDING)
def test_nothing_moves_while_the_window_does(open_explorer, kind, options):
    page = open_explorer(SLIDING[kind], **options)
    moved = page.evaluate(f"""() => {{
        {BOXES}
        const step = [...document.querySelectorAll("button")]
            .find(node => node.textContent === "Step");
        const first = boxes();
        return [...document.querySelectorAll(".ce-output td")].map(() => {{
            step.click();
            return boxes() === first ? "" : document.querySelector(".ce-sum").innerText;
        }}).filter(Boolean);
    }}""")
    assert moved == []


@pytest.mark.parametrize("options", [{"width": 1280}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("kind", ["convolution", "gradient"])
def test_nothing_moves_when_a_number_is_refused(open_explorer, kind, options):
    page = open_explorer(SLIDING[kind], **options)
    where = f"() => {{ {BOXES} return boxes(); }}"
    before = page.evaluate(where)
    page.locator("td input").first.fill("")
    expect(page.locator(".ce-message")).to_contain_text("type a number from")
    assert page.locator(".ce-message").is_visible()
    assert not page.locator(".ce-hint").is_visible()
    assert page.evaluate(where) == before


def edges(where, selector):
    """Return the upper and the lower edge of all that a selector finds."""
    return where.locator(selector).evaluate_all("""nodes => {
        const all = nodes.map(node => node.getBoundingClientRect());
        return [Math.min(...all.map(b => b.top)), Math.max(...all.map(b => b.bottom))];
    }""")


@pytest.mark.parametrize("kind", LARGEST)
def test_controls_input_and_output_are_on_one_screen(open_explorer, kind):
    page = open_explorer(LARGEST[kind], width=1280)
    top, bottom = edges(page, ".ce-controls, table")
    assert bottom - top <= 900


@pytest.mark.parametrize("kind", LARGEST)
def test_image_sum_and_output_are_on_the_screen_of_a_phone(open_explorer, kind):
    page = open_explorer(LARGEST[kind], **PHONE)
    # these have facts in place of a sum
    told = "dt" if kind in ("size", "receptive field") else ".ce-sum"
    panel = page.locator(".ce-panel").first
    top, bottom = edges(panel, f":is(.ce-image, .ce-connections, .ce-output, {told})")
    assert bottom - top <= 844


@pytest.mark.parametrize("kind", SLIDING)
def test_step_and_play_visit_every_place_and_stop(open_explorer, kind):
    page = open_explorer(SLIDING[kind])
    stop_the_clock(page)
    rows = page.locator(".ce-output tr").count()
    columns = page.locator(".ce-output tr").first.locator("td").count()
    every = [[r, c] for r in range(rows) for c in range(columns)]
    start = every.index(place(page))
    page.get_by_role("button", name="Step").click()
    assert place(page) == every[(start + 1) % len(every)]
    page.locator(".ce-output td").first.click()
    play = page.get_by_role("button", name="Play")
    play.click()
    assert page.get_by_role("button", name="Pause").is_visible()
    visited = [place(page)]
    while page.get_by_role("button", name="Pause").count():
        page.clock.run_for(700)
        visited.append(place(page))
    assert visited == every[1:]
    play.click()  # from the last place it begins again
    assert place(page) == [0, 0]
    page.locator(".ce-image td").last.click(position={"x": 5, "y": 5})
    assert page.get_by_role("button", name="Pause").count() == 0


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_playing_never_glides(open_explorer, motion):
    page = open_explorer(SLIDING["pooling"], reduced_motion=motion)
    page.get_by_role("button", name="Play").click()
    assert page.evaluate("document.getAnimations().length") == 0


def watch_speech(page):
    page.evaluate("""() => {
        window.said = [];
        new MutationObserver(() =>
            said.push(document.querySelector(".ce-spoken").textContent)
        ).observe(document.querySelector(".ce-spoken"), { childList: true });
    }""")


def test_playing_is_silent_until_it_ends(open_explorer):
    page = open_explorer(SLIDING["pooling"])
    stop_the_clock(page)
    watch_speech(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1500)
    assert page.evaluate("said") == []
    page.clock.run_for(5000)
    last = "Output row 1, column 1: 7 from input row 2, column 1. "
    assert page.evaluate("said") == [last]


def test_a_slider_says_once_what_came_of_it(open_explorer):
    page = open_explorer(SizeExplorer(6, 3, 0, 1))
    stop_the_clock(page)
    watch_speech(page)
    slider = page.get_by_label("Strides s")
    for value in "2343":
        slider.fill(value)
        page.clock.run_for(50)
    page.clock.run_for(1000)
    assert page.evaluate("said") == ["Output 2 × 2; with Keras “same” 2 × 2"]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_output_stays_where_it_is_while_one_slides(open_explorer, width):
    page = open_explorer(SizeExplorer(6, 3, 0, 2), width=width)
    tables = page.locator("table")
    before = [table.bounding_box()["y"] for table in tables.all()[:2]]
    height = page.locator(".ce-panels").bounding_box()["height"]
    for settings in ((12, 1, 3, 5), (12, 2, 1, 4), (12, 3, 2, 4), (11, 5, 3, 1)):
        for slider, value in zip(page.locator("[type=range]").all(), settings):
            slider.fill(str(value))
        after = [table.bounding_box()["y"] for table in tables.all()[:2]]
        assert after == pytest.approx(before, abs=1)
        now = page.locator(".ce-panels").bounding_box()["height"]
        assert now >= height  # it never shrinks
        height = now


def test_controls_are_not_printed(open_explorer):
    page = open_explorer(ConvolutionExplorer())
    page.emulate_media(media="print")
    assert not page.locator(".ce-controls, .ce-hint").first.is_visible()
    assert page.locator(".ce-sum").is_visible()


@pytest.mark.parametrize("kind", [*SLIDING, "size", "descent", "receptive field"])
def test_reset_brings_back_the_first_view(open_explorer, kind):
    others = {
        "size": SizeExplorer(6, 3, 0, 2),
        "descent": DescentExplorer(step=2),
        "receptive field": ReceptiveFieldExplorer("block", 2),
    }
    explorer = (SLIDING | others)[kind]
    page = open_explorer(explorer)
    state = """() => {
        const all = selector => [...document.querySelectorAll(selector)];
        return [document.querySelector(".ce-live").innerText,
            all("input, select").map(field => [field.value, field.checked]),
            all("td").map(td => td.className)];
    }"""
    first = page.evaluate(state)
    for select in page.locator("select").all():
        options = select.locator("option:enabled")
        select.select_option(index=0)
        select.select_option(options.last.get_attribute("value"))
    for slider in page.locator("[type=range]").all():
        slider.fill("5")
    for box in page.locator("[type=checkbox]:enabled").all():
        box.check()
    page.locator(".ce-output td").last.click()
    assert page.evaluate(state) != first
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate(state) == first
    expect(page.get_by_role("button", name="Reset")).to_be_focused()
    expect(page.locator(".ce-spoken")).to_have_text("Everything is as it was at first")


@pytest.mark.parametrize(
    ("explorer", "grids"),
    [
        (
            ConvolutionExplorer(padding=1),
            ["Image 6 × 6 + padding = 8 × 8", "Output 6 × 6"],
        ),
        (PoolingExplorer(), ["Input 4 × 4", "Output 2 × 2"]),
        (GradientExplorer(target="kernel"), ["X 3 × 3", "∂K 2 × 2"]),
        (ChannelsExplorer(), ["Picture", "Plane R", "Plane G", "Plane B"]),
        (DescentExplorer(), ["Picture 6 × 6", "Gradient"]),
        (EquivarianceExplorer(), ["Picture 8 × 8", "Map 6 × 6"]),
        (ConnectionsExplorer([[1, 0]]), ["Rows: channels. Columns: filters"]),
        (ReceptiveFieldExplorer(), ["Image 12 × 12", "Output 6 × 6"]),
    ],
)
def test_a_caption_names_its_table(open_explorer, explorer, grids):
    page = open_explorer(explorer)
    for name in grids:
        assert page.get_by_role("grid", name=name, exact=True).count() == 1
    captions = page.locator("table > caption")
    assert captions.count() == page.locator("table").count()
    for table in page.locator("table").all():  # right above its own
        caption, body = (
            table.locator(part).bounding_box() for part in ("caption", "tbody")
        )
        middle = [box["x"] + box["width"] / 2 for box in (caption, body)]
        assert middle[0] == pytest.approx(middle[1], abs=2)


@pytest.mark.parametrize("kind", [*LARGEST, *LISTED])
@pytest.mark.parametrize(
    ("options", "least"), [({}, 24), (PHONE, 44)], ids=["mouse", "finger"]
)
def test_controls_are_large_enough_to_hit(open_explorer, kind, options, least):
    page = open_explorer((LARGEST | LISTED)[kind], **options)
    small = page.evaluate(
        """least => [...document.querySelectorAll(
            "button, select, label:has([type=checkbox]), label:has([type=range])"
        )].filter(node => {
            const { width, height } = node.getBoundingClientRect();
            return Math.min(width, height) < least;
        }).map(node => node.textContent)""",
        least,
    )
    assert small == []
