"""The architecture explorer in a browser: counts, keys, sizes that do not fit."""

import re

import pytest
from explorer_page import sideways
from playwright.sync_api import expect

from cnnlib import plans
from cnnlib.explorers import ArchitectureExplorer
from cnnlib.explorers.architecture import MEASURES, NETS, rows, totals


@pytest.fixture
def page(open_page):
    return open_page(ArchitectureExplorer("lenet-1998"))


def panel(page, index=0):
    return page.locator(".ce-panel").nth(index)


def column(page, index=0):
    """Return name, shape and measure of each row of one table, the total last."""
    lines = (
        panel(page, index)
        .locator("tbody tr, tfoot tr")
        .evaluate_all(
            "lines => lines.map(line => [...line.cells].map(cell => cell.textContent))"
        )
    )
    return [line[:3] for line in lines]


def expected(net, size, measure):
    table = rows(net, size)
    lines = [
        [row.name, " × ".join(map(str, row.shape)), text(getattr(row, measure))]
        for row in table
    ]
    last = dict(zip(MEASURES, totals(table)))[measure]
    return [*lines, ["Largest" if measure == "field" else "Total", "", f"{last:,}"]]


def text(value):
    return "all" if value is None else f"{value:,}"


def set_size(page, size, label="Net"):
    page.get_by_label(f"{label}: pixels of its images").fill(str(size))


def choose(page, net, label="Net"):
    page.get_by_label(label, exact=True).select_option(net)


@pytest.mark.parametrize("net", NETS)
def test_the_script_counts_as_the_walk_does(page, net):
    choose(page, net)
    own = NETS[net].size
    smallest = plans.smallest_input(NETS[net].plan, NETS[net].channels)
    for size in (own, smallest, own + 29):
        set_size(page, size)
        for measure in MEASURES:
            page.get_by_label("Bars").select_option(measure)
            assert column(page) == expected(net, size, measure)


@pytest.mark.parametrize("net", NETS)
def test_too_small_an_image_is_told_by_the_layer_that_runs_out(page, net):
    choose(page, net)
    smallest = plans.smallest_input(NETS[net].plan, NETS[net].channels)
    for size in {smallest - 1, 1} - {0}:
        with pytest.raises(ValueError, match=": ") as error:
            rows(net, size)
        name = str(error.value).partition(",")[0]
        set_size(page, size)
        told = panel(page).get_by_role("status")
        expect(told).to_have_text(re.compile(rf"^{name} runs out of pixels: a window"))
        lines = column(page)
        at = [line[0] for line in lines].index(name)
        assert {line[2] for line in lines[at:]} == {"—"}
        assert "—" not in {line[2] for line in lines[:at]}
    set_size(page, smallest)
    expect(panel(page).get_by_role("status")).to_have_text("")


def facts(page, index=0):
    found = panel(page, index).locator("dt, dd").all_text_contents()
    return dict(zip(found[::2], found[1::2]))


@pytest.mark.parametrize("net", NETS)
def test_sums_under_the_table_come_to_what_it_says(page, net):
    choose(page, net)
    for i, row in enumerate(rows(net, NETS[net].size)):
        panel(page).locator("tbody tr").nth(i).click()
        told = facts(page)
        assert told["Layer"].startswith(f"{row.name}: ")
        assert told["Output"].endswith(" × ".join(map(str, row.shape)))
        for key, name in list(MEASURES.items())[:3]:
            terms, _, result = told[name].rpartition(" = ")
            whole = int(result.replace(",", "")) if terms or result[0].isdigit() else 0
            assert whole == getattr(row, key)
            if terms:  # "27·27 places, 5·5·(96/2)·256" is a product, too
                product = terms.replace(" places, ", "*").replace("·", "*")
                assert eval(product.replace(",", "")) == whole
        field = "all of the image" if row.field is None else str(row.field)
        assert told["Receptive field"].split(" = ")[-1] == field


def test_words_of_grouped_and_masked_layers(page):
    panel(page).get_by_role("row", name="C3").click()
    assert facts(page)["Layer"] == "C3: 16 filters of 5×5, 60 kernels"
    assert facts(page)["Parameters"] == "5·5·60 + 16 = 1,516"
    choose(page, "alexnet")
    panel(page).get_by_role("row", name="conv2").click()
    assert facts(page)["Layer"] == "conv2: 256 filters of 5×5, 2 groups"
    assert facts(page)["Parameters"] == "5·5·(96/2)·256 + 256 = 307,456"
    panel(page).get_by_role("row", name="conv1").click()
    assert facts(page)["Output"] == "⌊(227 − 11) / 4⌋ + 1 = 55, so 55 × 55 × 96"
    panel(page).get_by_role("row", name="pool1").click()
    assert facts(page)["Layer"] == "pool1: max of 3×3, in steps of 2"


def test_two_nets_share_one_scale(page):
    choose(page, "vgg16")
    choose(page, "alexnet", "Beside it")
    assert column(page, 0) == expected("vgg16", 224, "parameters")
    assert column(page, 1) == expected("alexnet", 227, "parameters")
    bar = "row => Number(row.style.getPropertyValue('--share'))"
    fc1, fc6 = (
        panel(page, i).get_by_role("row", name=name).evaluate(bar)
        for i, name in enumerate(("fc1", "fc6"))
    )
    assert fc1 == 1
    assert fc6 == pytest.approx(37_752_832 / 102_764_544)
    set_size(page, 128, "Beside it")
    assert column(page, 1) == expected("alexnet", 128, "parameters")
    choose(page, "", "Beside it")
    assert page.locator(".ce-panel").count() == 1
    assert page.get_by_label("Beside it: pixels of its images").is_disabled()


def test_the_first_view_is_the_one_asked_for(open_page):
    page = open_page(ArchitectureExplorer("vgg11", 64, "vgg19", 96, "field"))
    assert column(page, 0) == expected("vgg11", 64, "field")
    assert column(page, 1) == expected("vgg19", 96, "field")


def test_arrow_keys_choose_a_layer(page):
    stop = page.locator("tbody [tabindex='0']")
    assert stop.count() == 1
    stop.focus()
    names = [row.name for row in rows("lenet-1998", 32)]
    keys = ["ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowDown", "Home", "ArrowUp"]
    wanted = [1, 2, 1, -1, -1, 0, 0]
    for key, at in zip(keys, wanted):
        page.keyboard.press(key)
        assert facts(page)["Layer"].startswith(f"{names[at]}: ")
        focused = "document.activeElement.cells[0].textContent"
        assert page.evaluate(focused) == names[at]
        assert page.locator("tr[aria-selected='true'], tr[tabindex='0']").count() == 1
    page.keyboard.press("ArrowDown")
    said = "C1, 6 filters of 5×5: 28 × 28 × 6, 156 parameters"
    expect(page.locator(".ce-spoken")).to_have_text(said)


def test_a_size_is_spoken_and_a_bad_one_refused(page):
    set_size(page, 64)
    spoken = page.locator(".ce-spoken")
    expect(spoken).to_have_text(re.compile(r"image 64 × 64 × 1: \S+ parameters"))
    before = column(page)
    for bad in ("", "0", "513", "2.5"):
        set_size(page, bad)
        message = page.get_by_role("alert")
        expect(message).to_have_text(
            "Type a whole number from 1 to 512. Until then 64 stays."
        )
        assert column(page) == before
    page.get_by_label("Net: pixels of its images").blur()
    assert page.get_by_label("Net: pixels of its images").input_value() == "64"
    expect(page.get_by_role("alert")).to_have_text("")


def test_reset_brings_back_the_first_view(page):
    first = page.locator(".ce-live").inner_text()
    choose(page, "vgg19", "Beside it")
    set_size(page, 40)
    page.get_by_label("Bars").select_option("field")
    panel(page).locator("tbody tr").last.click()
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".ce-live").inner_text() == first


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_no_sideways_scroll_on_a_phone(open_page, width, scripts):
    explorer = ArchitectureExplorer("vgg19", beside="alexnet", bars="multiplications")
    page = open_page(explorer, java_script_enabled=scripts)
    page.set_viewport_size({"width": width, "height": 844})
    assert sideways(page) <= 0
    if scripts:  # the static tables scroll in frames of their own
        for table in page.locator("table").all():
            box = table.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_accessibility(open_page, axe, theme, width):
    page = open_page(ArchitectureExplorer("lenet", beside="alexnet"), theme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe(page) == []
