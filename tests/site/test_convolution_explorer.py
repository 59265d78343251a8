"""The convolution explorer in a browser: its numbers, keys, drags, looks and words."""

from html import escape

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlib import ops, shapes
from cnnlib.explorers import ConvolutionExplorer
from cnnlib.explorers.convolution import PICTURES, WEIGHTS
from cnnlib.explorers.tables import number

ROOT = "#cnnlib-convolution"
RAMP = np.arange(8 * 7).reshape(8, 7) * 37 % 256


def page_html(*explorers, theme="light"):
    bodies = "\n".join(explorer.html() for explorer in explorers)
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Convolution</title></head>"
        "<body><main><h1>Convolution</h1>\n"
        # the box that the theme of the book lays round an output
        '<div class="cell_output"><div class="output text_html">'
        f"{bodies}</div></div></main></body></html>"
    )


@pytest.fixture
def page(open_html):
    return open_html(page_html(ConvolutionExplorer()))


def matrix(page, part, root=ROOT):
    rows = page.locator(f"{root} .ce-{part} tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def as_text(values):
    return [[number(value) for value in row] for row in values]


def words(page, selector, root=ROOT):
    return " ".join(page.locator(f"{root} {selector}").inner_text().split())


def choose(page, label, value, root=ROOT):
    page.locator(root).get_by_label(label, exact=True).select_option(value)


def weight(page, row, column):
    return page.get_by_label(f"Kernel row {row}, column {column}")


def window_corner(page, root=ROOT):
    """Return row and column of the framed window's top left cell."""
    cell = page.locator(f"{root} .ce-image td.w.t.l")
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


def place(page, root=ROOT):
    """Return row and column of the framed output cell."""
    cell = page.locator(f"{root} .ce-output td.w")
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


def expect_numbers(page, image, kernel, strides, padding, divisor=1):
    """Compare everything that the page shows with what cnnlib computes."""
    image, kernel = np.asarray(image, float), np.asarray(kernel, float)
    output = ops.correlate2d(image, kernel, strides, padding) / divisor
    assert matrix(page, "image") == as_text(np.pad(image, padding))
    assert matrix(page, "output") == as_text(output)
    size = shapes.output_size(image.shape, kernel.shape, strides, padding)
    assert words(page, ".ce-output caption") == "Output {} × {}".format(*size)
    facts = words(page, ".ce-facts")
    for n, k, out in zip(image.shape, kernel.shape, size, strict=True):
        assert f"⌊({n} + 2·{padding} − {k}) / {strides}⌋ + 1 = {out}" in facts
    products = shapes.conv_multiplications(size, kernel.shape, 1, 1)
    weights = shapes.conv_parameters(kernel.shape, 1, 1, use_bias=False)
    assert f"= {weights} weight{'s' * (weights > 1)}, no bias" in facts
    assert facts.endswith(f"= {products}")

    r, c = place(page)
    assert window_corner(page) == [r * strides, c * strides]
    rows, columns = kernel.shape
    top, left = r * strides, c * strides
    window = np.pad(image, padding)[top : top + rows, left : left + columns]
    terms = [
        "·".join(f"({t})" if t[0] == "−" else t for t in (number(x), number(w)))
        for x, w in zip(window.flat, kernel.flat, strict=True)
    ]
    start, shown = words(page, ".ce-sum").split(" = ", 1)
    total = number(output[r, c])
    assert start == f"y[{r}, {c}]"
    terms = " + ".join(terms)
    if divisor != 1:
        below = number(divisor)
        terms = f"({terms}) / {f'({below})' if divisor < 0 else below}"
    assert shown in (f"{terms} {sign} {total}" for sign in "=≈")


@pytest.mark.parametrize(
    ("preset", "padding", "strides"),
    [
        ("sobel_y", 0, 1),
        ("sobel_y", 1, 1),
        ("sobel_y", 2, 3),
        ("sobel_x", 1, 2),
        ("prewitt_y", 0, 2),
        ("prewitt_x", 2, 1),
        ("scharr_y", 0, 3),
        ("scharr_x", 1, 3),
        ("laplacian", 2, 2),
        ("box", 0, 1),
        ("box", 1, 2),
        ("identity", 1, 1),
        ("gauss_3", 1, 1),
        ("gauss_5", 0, 1),
        ("gauss_5", 2, 2),
        ("ones_5", 2, 1),
    ],
)
def test_numbers_of_the_presets(open_html, preset, padding, strides):
    page = open_html(page_html(ConvolutionExplorer(RAMP, kernel="identity")))
    choose(page, "Kernel", preset)
    choose(page, "Padding", str(padding))
    choose(page, "Strides", str(strides))
    kernel = WEIGHTS[preset]
    expect_numbers(page, RAMP, kernel, strides, padding)
    divide = page.get_by_label("Divide by the sum")
    assert divide.is_disabled() == (abs(kernel.sum()) < 1e-9)
    if divide.is_enabled():
        divide.check()
        total = round(kernel.sum(), 12)  # nine ninths are 1
        expect_numbers(page, RAMP, kernel, strides, padding, total)


@pytest.mark.parametrize("divisor", [3, 7, 9, 16, 25, 48, -6, 256])
def test_a_quotient_is_rounded_as_python_rounds_it(open_html, divisor):
    # thousandths that end in 5 are among them: 3/16, 3/48, 5/16, ...
    image = np.arange(81).reshape(9, 9) - 10
    kernel = np.zeros((3, 3))
    kernel[1, 1], kernel[0, 2] = 1, divisor - 1
    page = open_html(page_html(ConvolutionExplorer(image, kernel)))
    page.get_by_label("Divide by the sum").check()
    expect_numbers(page, image, kernel, 1, 0, divisor)
    # the same as weights that were divided before, up to the last bit
    exact = ops.correlate2d(image.astype(float), kernel) / divisor
    np.testing.assert_allclose(
        ops.correlate2d(image.astype(float), kernel / divisor), exact, atol=1e-12
    )


def test_nothing_is_divided_by_a_sum_of_zero(page):
    choose(page, "Kernel", "box")
    page.get_by_label("Divide by the sum").check()
    weight(page, 1, 1).fill("-7")
    assert page.get_by_label("Divide by the sum").is_enabled()
    weight(page, 1, 1).fill("-0.888888888888888888")  # what is left is a last bit
    assert page.get_by_label("Divide by the sum").is_disabled()
    kernel = np.full((3, 3), 1 / 9)
    kernel[1, 1] = -0.888888888888888888
    expect_numbers(page, ConvolutionExplorer().image, kernel, 1, 0)
    assert "they sum to 0." in words(page, ".ce-hint")


@pytest.mark.parametrize("picture", PICTURES)
def test_numbers_of_the_pictures(page, picture):
    choose(page, "Image", picture)
    image = PICTURES[picture][1]
    expect_numbers(page, image, ops.KERNELS["sobel_y"], 1, 0)
    choose(page, "Kernel", "gauss_5")
    choose(page, "Padding", "2")
    page.get_by_label("Divide by the sum").check()
    expect_numbers(page, image, WEIGHTS["gauss_5"], 1, 2, 256)


def test_a_dot_shows_the_kernel_turned(page):
    choose(page, "Image", "dot")
    choose(page, "Kernel", "scharr_x")
    assert matrix(page, "output")[1][1:4] == ["−765", "0", "765"]


@pytest.mark.parametrize(
    ("start", "size"), [("sobel_y", 5), ("gauss_5", 3), ("box", 1)]
)
def test_another_size_keeps_the_middle(page, start, size):
    choose(page, "Image", "dot")
    choose(page, "Kernel", start)
    choose(page, "Size", str(size))
    grow = np.pad(WEIGHTS[start], 1)
    margin = (len(grow) - size) // 2
    kernel = grow[margin : margin + size, margin : margin + size]
    expect_numbers(page, PICTURES["dot"][1], kernel, 1, 0)
    assert page.get_by_label("Kernel", exact=True).input_value() == "edited"


def test_drawing_with_the_mouse(page):
    image = ConvolutionExplorer().image.copy()
    choose(page, "Padding", "1")
    choose(page, "Draw", "128")
    page.mouse.move(*center(page, "image", 2, 2))
    page.mouse.down()
    page.mouse.move(*center(page, "image", 2, 5), steps=8)
    page.mouse.move(2000, 5)  # outside nothing is drawn
    page.mouse.up()
    page.mouse.click(*center(page, "image", 0, 3))  # nor on the border
    image[1, 1:5] = 128
    choose(page, "Draw", "255")
    page.mouse.click(*center(page, "image", 3, 1))
    image[2, 0] = 255
    expect_numbers(page, image, ops.KERNELS["sobel_y"], 1, 1)
    assert page.get_by_label("Image", exact=True).input_value() == "edited"
    choose(page, "Draw", "")
    page.mouse.click(*center(page, "image", 4, 4))  # the window moves again
    assert place(page) == [3, 3]
    expect_numbers(page, image, ops.KERNELS["sobel_y"], 1, 1)
    choose(page, "Image", "step")
    expect_numbers(page, ConvolutionExplorer().image, ops.KERNELS["sobel_y"], 1, 1)


def test_drawing_with_the_keys(page):
    image = ConvolutionExplorer().image.copy()
    before = place(page)
    choose(page, "Draw", "255")
    page.locator(f"{ROOT} .ce-image [tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowRight", "Space", "End", "Enter"):
        page.keyboard.press(key)
    image[1, 1] = image[1, 5] = 255
    expect_numbers(page, image, ops.KERNELS["sobel_y"], 1, 0)
    assert place(page) == before
    expect(page.locator(".ce-spoken")).to_have_text("Image row 1, column 5: 255")
    focused = page.evaluate("document.activeElement.cellIndex")
    assert focused == 5
    assert "press Space" in words(page, ".ce-hint")


@pytest.mark.parametrize(
    ("kernel", "padding", "strides"),
    [
        (np.array([[1, -2], [3, 4]]), 0, 1),
        (np.array([[0.5, 0.25, -0.125]]), 1, 2),
        (np.arange(25).reshape(5, 5) / 16 - 1, 2, 1),
        (np.array([[-1]]), 0, 3),
    ],
)
def test_numbers_of_edited_kernels(open_html, kernel, padding, strides):
    page = open_html(page_html(ConvolutionExplorer(RAMP, kernel, strides, padding)))
    expect_numbers(page, RAMP, kernel, strides, padding)
    edited = kernel.astype(float)
    last = tuple(side - 1 for side in kernel.shape)
    for cell, value in {(0, 0): -7, last: 2.5}.items():
        weight(page, *cell).fill(str(value))
        edited[cell] = value
    expect_numbers(page, RAMP, edited, strides, padding)
    assert page.get_by_label("Kernel", exact=True).input_value() == "edited"
    choose(page, "Kernel", "given")
    expect_numbers(page, RAMP, kernel, strides, padding)


def test_the_first_view_says_what_the_static_picture_says(open_html):
    explorer = ConvolutionExplorer(RAMP, "laplacian", strides=2, padding=1)
    static = open_html(page_html(explorer), java_script_enabled=False)
    live = open_html(page_html(explorer))
    assert static.locator(f"{ROOT} .ce-static").count() == 1
    assert live.locator(f"{ROOT} .ce-static").count() == 0
    for part in ("image", "output"):
        assert matrix(static, part) == matrix(live, part)
    for selector in (".ce-sum", ".ce-facts"):
        assert words(static, selector) == words(live, selector)
    assert place(static) == place(live)
    assert window_corner(static) == window_corner(live)


def test_static_tables_are_visible_without_scripts(open_html):
    page = open_html(page_html(ConvolutionExplorer()), java_script_enabled=False)
    tables = page.locator(f"{ROOT} table")
    assert tables.count() == 3
    assert all(table.is_visible() for table in tables.all())
    assert words(page, ".ce-sum").endswith("= −1020")


def test_a_sandboxed_frame_as_on_colab(open_html):
    inner = f"<!doctype html><html><body>{ConvolutionExplorer().html()}</body></html>"
    page = open_html(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Colab</title>'
        '<iframe sandbox="allow-scripts" title="output" width="800" height="800" '
        f'srcdoc="{escape(inner)}"></iframe></html>'
    )
    frame = page.frame_locator("iframe")
    frame.get_by_label("Strides", exact=True).select_option("2")
    rows = frame.locator(".ce-output tr").all()
    output = [row.locator("td").all_text_contents() for row in rows]
    assert output == [["0", "0"], ["−1020", "−1020"]]


def test_html_put_in_by_a_script_as_in_jupyterlab(open_html):
    # innerHTML does not run scripts: JupyterLab makes each of them anew, twice here,
    # with the same id
    html = page_html().replace("</main>", '<div id="a"></div><div id="b"></div></main>')
    page = open_html(html)
    for box in ("a", "b"):
        page.evaluate(
            """([box, html]) => {
                const host = document.getElementById(box);
                host.innerHTML = html;
                const old = host.querySelector("script");
                const script = document.createElement("script");
                script.textContent = old.textContent;
                old.replaceWith(script);
            }""",
            [box, ConvolutionExplorer().html()],
        )
    assert page.locator("[data-ready] .ce-live").count() == 2
    choose(page, "Padding", "1", "#b")
    assert len(matrix(page, "image", "#a")) == 6
    assert len(matrix(page, "image", "#b")) == 8


def test_two_explorers_share_nothing(open_html):
    first, second = ConvolutionExplorer(), ConvolutionExplorer(kernel="box", name="two")
    page = open_html(page_html(first, second))
    names = "() => Object.getOwnPropertyNames(window).length"
    assert page.evaluate(names) == open_html(page_html()).evaluate(names)
    choose(page, "Strides", "2", "#cnnlib-two")
    page.locator("#cnnlib-two .ce-output td").last.click()
    assert place(page, "#cnnlib-two") == [1, 1]
    assert place(page) == [1, 0]
    expect_numbers(page, first.image, ops.KERNELS["sobel_y"], 1, 0)


@pytest.mark.parametrize("part", ["image", "output"])
def test_arrow_keys_move_window_and_output_together(open_html, part):
    page = open_html(page_html(ConvolutionExplorer(padding=1, strides=2)))
    stop = page.locator(f"{ROOT} .ce-{part} [tabindex='0']")
    assert stop.count() == 1
    stop.focus()
    moves = {
        "Control+Home": [0, 0],
        "ArrowRight": [0, 1],
        "ArrowDown": [1, 1],
        "End": [1, 2],
        "ArrowRight ": [1, 2],  # the edge holds
        "Home": [1, 0],
        "ArrowUp": [0, 0],
        "ArrowUp ": [0, 0],
        "Control+End": [2, 2],
        "ArrowLeft": [2, 1],
    }
    for key, expected in moves.items():
        page.keyboard.press(key.strip())
        assert place(page) == expected
        assert window_corner(page) == [2 * expected[0], 2 * expected[1]]
        focused = page.evaluate("document.activeElement.className").split()
        assert {"w", "t", "l"} <= set(focused)
    spoken = page.locator(f"{ROOT} .ce-spoken")
    output = ops.correlate2d(ConvolutionExplorer().image, ops.KERNELS["sobel_y"], 2, 1)
    expect(spoken).to_have_text(f"Output row 2, column 1: {number(output[2, 1])}")
    assert spoken.get_attribute("aria-live") == "polite"


def test_only_keys_that_move_are_kept_from_the_page(page):
    page.locator(f"{ROOT} .ce-image [tabindex='0']").focus()
    page.evaluate("""() => {
        window.seen = [];
        addEventListener("keydown", event => seen.push(event), true);
    }""")
    for key in ("ArrowDown", "a", "Alt+ArrowDown"):
        page.keyboard.press(key)
    kept = page.evaluate("seen.map(event => [event.key, event.defaultPrevented])")
    assert kept == [
        ["ArrowDown", True],
        ["a", False],
        ["Alt", False],
        ["ArrowDown", False],
    ]


def test_tab_order_has_one_stop_per_grid(page):
    page.get_by_label("Hide outputs until visited").focus()
    stops = []
    for _ in range(14):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.tagName"))
    assert stops == [*["BUTTON"] * 3, "TD", *["INPUT"] * 9, "TD"]
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert ring == "3px"


def center(page, part, row, column):
    box = page.locator(f"{ROOT} .ce-{part} tr").nth(row).locator("td").nth(column)
    box = box.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drag_with_the_mouse(page):
    page.mouse.move(*center(page, "image", 2, 1))  # the middle of the window at 1, 0
    page.mouse.down()
    page.mouse.move(*center(page, "image", 3, 4), steps=5)
    assert place(page) == [2, 3]
    page.mouse.move(2000, 5)  # outside: the nearest legal place
    assert place(page) == [0, 3]
    page.mouse.up()
    page.mouse.move(*center(page, "image", 4, 1))
    assert place(page) == [0, 3]
    assert "w t l" in page.evaluate("document.activeElement.className")


def test_drag_snaps_to_the_strides(page):
    choose(page, "Strides", "3")
    page.mouse.move(*center(page, "image", 1, 1))
    page.mouse.down()
    page.mouse.move(*center(page, "image", 2, 3), steps=5)
    page.mouse.up()
    assert (place(page), window_corner(page)) == ([0, 1], [0, 3])


def test_a_press_outside_the_window_brings_it_there(page):
    page.mouse.click(*center(page, "image", 4, 4))
    assert place(page) == [3, 3]


def test_a_finger_drags_the_window_and_elsewhere_scrolls(open_html):
    page = open_html(page_html(ConvolutionExplorer()), has_touch=True)
    touch = page.context.new_cdp_session(page)

    def send(kind, points):
        points = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [center(page, "image", 2, 1)])
    send("touchMove", [center(page, "image", 3, 2)])
    send("touchMove", [center(page, "image", 3, 3)])
    send("touchEnd", [])
    page.wait_for_function(
        "document.querySelector('.ce-sum').innerText.startsWith('y[2, 2]')"
    )
    action = "node => getComputedStyle(node).touchAction"
    assert page.locator(f"{ROOT} .ce-image td").first.evaluate(action) == "none"
    for selector in ("", ".ce-output td", ".ce-sum", ".ce-kernel td"):
        node = page.locator(f"{ROOT} {selector}".strip()).first
        assert node.evaluate(action) == "auto"


def test_clicking_an_output_moves_the_window(page):
    page.locator(f"{ROOT} .ce-output tr").nth(3).locator("td").nth(2).click()
    assert (place(page), window_corner(page)) == ([3, 2], [3, 2])
    selected = page.locator(f"{ROOT} .ce-output [aria-selected='true']")
    assert selected.count() == 1
    assert selected.text_content() == "0"


@pytest.mark.parametrize("typed", ["", "1000", "-1e9"])
def test_a_bad_weight_keeps_the_last_good_one(page, typed):
    weight(page, 0, 1).fill("5")
    before = matrix(page, "output")
    weight(page, 0, 1).fill(typed)
    assert "Kernel row 0, column 1: type a number" in words(page, ".ce-message")
    assert "Until then 5 stays" in words(page, ".ce-message")
    assert weight(page, 0, 1).get_attribute("aria-invalid") == "true"
    assert matrix(page, "output") == before
    weight(page, 0, 1).blur()
    assert weight(page, 0, 1).input_value() == "5"
    assert words(page, ".ce-message") == ""


def test_what_does_not_fit_cannot_be_chosen(open_html):
    page = open_html(page_html(ConvolutionExplorer([[1, 2], [3, 4]], "box", padding=1)))
    options = page.get_by_label("Padding", exact=True).locator("option")
    assert [o.is_disabled() for o in options.all()] == [True, False, False]
    small = ConvolutionExplorer([[1, 2], [3, 4]], [[1]])
    page = open_html(page_html(small))
    options = page.get_by_label("Kernel", exact=True).locator("option:enabled")
    assert options.all_text_contents() == ["As given"]
    choose(page, "Padding", "2")
    assert options.count() == 13


def test_window_stays_legal_when_the_output_shrinks(page):
    page.locator(f"{ROOT} .ce-output td").last.click()
    choose(page, "Strides", "3")
    assert (place(page), window_corner(page)) == ([1, 1], [3, 3])


def test_hidden_outputs_appear_when_visited(page):
    page.get_by_label("Hide outputs until visited").check()
    cells = page.locator(f"{ROOT} .ce-output td")
    assert page.locator(f"{ROOT} .ce-output .unseen").count() == 15
    assert cells.first.get_attribute("aria-label") == "not visited yet"
    assert cells.first.inner_text() == ""
    color = "td => getComputedStyle(td).backgroundColor"
    unseen = page.locator(f"{ROOT} .ce-output .unseen").all()
    assert {cell.evaluate(color) for cell in unseen} == {"rgba(0, 0, 0, 0)"}
    assert not any("neg" in cell.get_attribute("class") for cell in unseen)
    cells.first.click()
    assert cells.first.inner_text() == "0"
    assert cells.first.get_attribute("aria-label") is None
    page.emulate_media(media="print")
    assert all(cell.inner_text() for cell in cells.all())


def spare_width(page, selector):
    """Return the pixels that the tightest cell leaves beside its number."""
    return page.locator(f"{ROOT} {selector}").evaluate_all(
        """cells => Math.min(...cells.map(cell => {
            const input = cell.querySelector("input");
            const probe = document.createElement("span");
            probe.textContent = input ? input.value : cell.textContent;
            cell.append(probe);
            const spare = cell.clientWidth - probe.getBoundingClientRect().width;
            probe.remove();
            return spare;
        }))"""
    )


@pytest.mark.parametrize("width", [900, 390])
@pytest.mark.parametrize(
    "explorer",
    [
        ConvolutionExplorer(),
        ConvolutionExplorer(kernel="box", padding=1),
        ConvolutionExplorer(kernel=np.arange(25).reshape(5, 5) / 16 - 1, padding=2),
    ],
    ids=["sobel", "box", "decimals"],
)
def test_numbers_leave_room_for_the_frame(open_html, explorer, width):
    page = open_html(page_html(explorer))
    page.set_viewport_size({"width": width, "height": 900})
    for part in ("image", "kernel", "output"):
        assert spare_width(page, f".ce-{part} td") >= 4, part


def test_the_window_shows_the_weights_to_two_decimals(page):
    marks = page.locator(f"{ROOT} .ce-image [data-weight]")
    shown = "cells => cells.map(cell => cell.dataset.weight)"
    assert marks.evaluate_all(shown)[5:] == ["×0", "×−1", "×−2", "×−1"]
    choose(page, "Kernel", "box")
    assert marks.evaluate_all(shown) == ["×0.11"] * 9
    weight(page, 0, 0).fill("-0.938")
    assert marks.evaluate_all(shown)[:2] == ["×−0.94", "×0.11"]


def overflow(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    "explorer",
    [
        ConvolutionExplorer(padding=2),
        ConvolutionExplorer(np.full((10, 10), 255), np.ones((5, 5)), padding=2),
        ConvolutionExplorer(np.full((10, 10), -1.234), "box", padding=2),
    ],
    ids=["10x10", "14x14", "decimals"],
)
def test_no_sideways_scroll_on_a_phone(open_html, explorer, scripts):
    page = open_html(page_html(explorer), java_script_enabled=scripts)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", [390, 340])
def test_ten_columns_fit_on_a_phone(open_html, width):
    page = open_html(page_html(ConvolutionExplorer(padding=2)))
    page.set_viewport_size({"width": width, "height": 844})
    table = page.locator(f"{ROOT} .ce-image table").bounding_box()
    frame = page.locator(ROOT).bounding_box()
    assert table["x"] >= frame["x"]
    assert table["x"] + table["width"] <= frame["x"] + frame["width"]
    cell = page.locator(f"{ROOT} .ce-image td").first.bounding_box()
    assert cell["width"] >= 24  # WCAG 2.2, target size


@pytest.mark.parametrize("scripts", ["live", "static"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_html, axe, theme, width, scripts):
    explorer = ConvolutionExplorer(RAMP, padding=1)
    html = page_html(explorer, theme=theme)
    if scripts == "static":
        html = html[: html.index("<script")] + html[html.index("</script>") + 9 :]
    page = open_html(html)
    page.set_viewport_size({"width": width, "height": 900})
    if scripts == "live":
        page.get_by_label("Hide outputs until visited").check()
        weight(page, 1, 1).fill("")
    assert axe(page) == []


DARK, LIGHT = "rgb(20, 24, 30)", "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    ("html", "body", "scheme", "expected"),
    [
        ('data-theme="dark"', "", "light", DARK),  # the book
        ('data-theme="light"', "", "dark", LIGHT),
        ('theme="dark"', "", "light", DARK),  # Colab
        ("", "", "dark", DARK),  # whatever follows the reader's system
        ("", "", "light", LIGHT),
        ("", 'data-jp-theme-light="false"', "light", DARK),  # JupyterLab
        ("", 'data-jp-theme-light="true"', "dark", LIGHT),
        ("", 'class="vscode-dark"', "light", DARK),  # VS Code
        ("", 'class="vscode-light"', "dark", LIGHT),
    ],
)
def test_dark_where_the_place_is_dark(open_html, html, body, scheme, expected):
    content = f"<body {body}>{ConvolutionExplorer().html()}</body>"
    page = open_html(
        f"<!doctype html><html {html}>{content}</html>", color_scheme=scheme
    )
    color = "node => getComputedStyle(node).backgroundColor"
    assert page.locator(ROOT).evaluate(color) == expected


def test_nothing_moves_by_itself(page):
    moving = """() => [...document.querySelectorAll("*")].filter(node => {
        const style = getComputedStyle(node);
        return style.transitionDuration !== "0s" || style.animationName !== "none";
    }).length"""
    assert page.evaluate(moving) == 0
