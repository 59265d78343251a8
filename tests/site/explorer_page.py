"""A page that holds one explorer, and what its tests read off it, a question each."""

from cnnlib.explorers.tables import number

ROOT = ".cnnlib-explorer"


def page_html(explorer, theme="light"):
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{explorer.title}</title></head><body><main><h1>{explorer.title}</h1>\n"
        f'<div class="output text_html">{explorer.html()}</div></main></body></html>'
    )


def matrix(page, part):
    """Return the text of each cell of a part, such as "image" or "map.R"."""
    return page.locator(f"{ROOT} .ce-{part} tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def place(page, part="output"):
    """Return row and column of the framed cell, or of the frame's first cell."""
    cell = page.locator(f"{ROOT} .ce-{part} td.w.t.l")
    return cell.evaluate("td => [td.parentNode.rowIndex, td.cellIndex]")


def words(page, selector):
    return " ".join(page.locator(f"{ROOT} {selector}").inner_text().split())


def products(pixels, weights):
    """Write pairs of numbers as products, with brackets round a minus sign."""
    texts = ([number(value) for value in values.flat] for values in (pixels, weights))
    return " + ".join(
        "·".join(f"({text})" if text[0] == "−" else text for text in pair)
        for pair in zip(*texts, strict=True)
    )


def sideways(page):
    """Return the pixels by which the page is wider than its window."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


def overhanging(page):
    """Return the parts and tables that reach beyond what holds them."""
    return page.evaluate("""() => {
        const root = document.querySelector(".cnnlib-explorer").getBoundingClientRect();
        const out = node => {
            const { left, right } = node.getBoundingClientRect();
            return left < root.left || right > root.right;
        };
        const cut = node => node.scrollWidth > node.clientWidth + 1;
        return [...document.querySelectorAll(".ce-part, table")]
            .filter(node => out(node) || (node.matches(".ce-part") && cut(node)))
            .map(node => node.className + node.textContent.trim().slice(0, 20));
    }""")


def lines(page, index=0):
    """Return the texts of each row of a table, without its head."""
    table = page.locator(f"{ROOT} table").nth(index)
    return table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def facts(page):
    """Return (name, text) of each fact."""
    names, texts = (
        page.locator(f"{ROOT} .ce-facts {tag}").all_text_contents()
        for tag in ("dt", "dd")
    )
    return tuple(zip(names, texts, strict=True))
