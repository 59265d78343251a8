"""The built pages as files: what they say of themselves and where they lead."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError

from tools.book import formulas, repairs, scripts, styles
from tools.weight import weight

LIMITS = {"bytes": 1_000_000, "requests": 15}  # all that a page may load, unpacked
MEDIAN_GZIP = 300_000
COLAB = "https://colab.research.google.com/github"


@cache
def soup(page):
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def targets(page):
    """Yield (attribute's value, file, anchor) for all that a page names beside it."""
    for tag in soup(page).find_all(["a", "link", "script", "img", "form"]):
        value = tag.get("href") or tag.get("src") or tag.get("action") or ""
        if value and not re.match(r"[a-z]+:", value):
            path, anchor = urldefrag(value)
            path = unquote(path.partition("?")[0])
            yield value, (page.parent / path if path else page), unquote(anchor)


def colab_links(book, lecture):
    links = soup(book / "lectures" / f"{lecture}.html").find_all("a", href=True)
    return [a["href"] for a in links if a["href"].startswith(COLAB)]


def test_the_book_is_built(book, root):
    table = (root / "_toc.yml").read_text("utf-8")
    chapters = re.findall(r"(?:root|file): (\S+)", table)
    pages = {path.relative_to(book).as_posix() for path in book.rglob("*.html")}
    expected = {f"{chapter}.html" for chapter in chapters}
    expected |= {"index.html", "search.html"}
    pages = {page for page in pages if not page.startswith("_modules/")}
    assert pages == expected, "left over from an older build? `make clean book`"


def test_a_page_loads_no_more_than_it_needs(book, built_page):
    page = soup(book / built_page)
    shown = [styles.STYLE, formulas.STYLE] if page.select("math") else [styles.STYLE]
    links = [tag["href"] for tag in page.select("link[rel=stylesheet]")]
    assert [Path(link.partition("?")[0]).name for link in links] == shown
    loaded = page.select("script[src]")
    names = [Path(tag["src"].partition("?")[0]).name for tag in loaded]
    joined = {Path(name).name for name in scripts.JOINED}
    assert names[0] == scripts.SCRIPT
    assert not joined & set(names)
    if built_page != "search.html":
        assert all(tag.has_attr("defer") for tag in loaded)
    assert ("search.js" in names) == (built_page == "search.html")


def test_a_page_loads_within_limits(book, built_page):
    found = weight(book / built_page)
    over = {name: found[name] for name in LIMITS if found[name] > LIMITS[name]}
    assert over == {}, f"limits: {LIMITS}"


def test_half_of_the_pages_that_are_read_are_light(book):
    pages = [page for page in book.rglob("*.html") if "_modules" not in page.parts]
    middle = median(weight(page)["gzip"] for page in pages)
    assert middle <= MEDIAN_GZIP


def test_pictures_keep_their_place_and_come_when_needed(book, built_page):
    pictures = soup(book / built_page).select("img")
    for picture in pictures:
        assert picture["decoding"] == "async"
        sized = picture.has_attr("width") and picture.has_attr("height")
        assert sized or picture.has_attr("style"), picture["src"]
    waits = [picture["loading"] for picture in pictures]
    assert waits == ["eager", "lazy", *["lazy"] * len(waits)][: len(waits)]


def test_icons_are_drawn_in_the_page(book, built_page):
    page = soup(book / built_page)
    assert page.select("svg.book-icon.fa-bars path[d]")
    left = [tag for tag in page.select("i, span") if "fa-" in str(tag.get("class"))]
    assert left == []


def test_an_icon_that_the_theme_lacks_is_named():
    with pytest.raises(ExtensionError, match="the theme has no icon kernel"):
        repairs.repair('<i class="fa-solid fa-kernel"></i>')


def test_head(book, built_page):
    page = soup(book / built_page)
    assert page.html["lang"] == "en"
    assert page.title.get_text(strip=True)
    descriptions = page.find_all("meta", {"name": "description"})
    assert len(descriptions) == 1
    assert descriptions[0]["content"].strip()
    assert len(page.find_all("meta", {"name": "viewport"})) == 1
    icon = page.find("link", rel="icon")
    assert (book / built_page).parent.joinpath(icon["href"]).is_file()


def test_body(book, built_page):
    page = soup(book / built_page)
    headings = [h1.get_text(strip=True) for h1 in page.find_all("h1")]
    assert len(headings) == 1
    assert headings[0]
    assert page.select(".problematic, .system-message") == []
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []
    assert [img for img in page.find_all("img") if not img.get("alt", "").strip()] == []


def test_links_lead_somewhere(book, built_page):
    broken = []
    for value, file, anchor in targets(book / built_page):
        page = file.resolve()
        exists = page.is_file()
        if exists and anchor and page.suffix == ".html":
            exists = soup(page).find(id=anchor)
        if not exists:
            broken.append(value)
    assert broken == []


def test_titles_are_unlike_each_other(book):
    pages = set(book.rglob("*.html")) - {book / "index.html"}  # the first page again
    titles = [soup(page).title.get_text() for page in pages]
    assert len(set(titles)) == len(titles)


def test_no_page_names_a_server_that_it_loads_from(book, built_page):
    loaded = soup(book / built_page).select(
        "script[src], link[rel=stylesheet], img, iframe"
    )
    values = [tag.get("src") or tag.get("href") for tag in loaded]
    assert [x for x in values if re.match(r"(?!data:)([a-z]+:|//)", x)] == []


def test_notebook_download(book, root, built_lecture):
    page = book / "lectures" / f"{built_lecture}.html"
    button = soup(page).find(class_="btn-download-source-button")
    download = (page.parent / button["href"]).read_bytes()
    assert download == (root / "lectures" / f"{built_lecture}.ipynb").read_bytes()


def test_solutions_are_folded(book, built_lecture):
    solutions = soup(book / "lectures" / f"{built_lecture}.html").select(
        ".tag_solution"
    )
    assert solutions
    for cell in solutions:
        fold = cell.find("details", recursive=False)
        assert fold.summary.find(class_="collapsed").get_text() == "Show the solution"
        assert not fold.has_attr("open")
        assert fold.find("pre")
        assert cell.find_all("pre") == fold.find_all("pre")


def test_launch_button_needs_an_address(book, root, built_lecture):
    config = (root / "_config.yml").read_text("utf-8")
    address = re.search(r'^  url: "?([^"\n]*)', config, re.MULTILINE)[1]
    assert bool(colab_links(book, built_lecture)) == bool(address)


def test_launch_button_leads_to_colab(root, tmp_path):
    """Build a book of one lecture under an address."""
    copy = tmp_path / "course"
    page = "lectures/L02_edge_detection"
    for name in ("_config.yml", "_static", "tools", "cnnlib", "references.bib"):
        source, target = root / name, copy / name
        target.parent.mkdir(exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(
            source, target
        )
    (copy / "lectures").mkdir()
    shutil.copy(root / f"{page}.ipynb", copy / "lectures")
    (copy / "intro.md").write_text("# One lecture\n")
    (copy / "_toc.yml").write_text(
        f"format: jb-book\nroot: intro\nchapters:\n- file: {page}\n"
    )
    config = copy / "_config.yml"
    address = 'url: "https://github.com/example/cnn-course"'
    text, changed = re.subn(r"(?m)^(  )url: .*$", rf"\1{address}", config.read_text())
    assert changed == 1
    # one page does not need all repairs
    part = "    language: en\n"
    assert part in text
    config.write_text(text.replace(part, f"{part}    repairs_are_needed: false\n"))
    builder = Path(sys.executable).with_name("jupyter-book")
    built = subprocess.run(
        [builder, "build", copy], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert colab_links(copy / "_build" / "html", Path(page).stem) == [
        f"{COLAB}/example/cnn-course/blob/main/{page}.ipynb"
    ]


def test_scripts_of_outputs_stand_once(book, built_lecture):
    page = soup(book / "lectures" / f"{built_lecture}.html")
    assert page.select("[data-cnnlib]") == []
    asked = [tag["src"] for tag in page.select("script[src*='_static/cnnlib/']")]
    live = page.select(".cnnlib-answer, .cnnlib-explorer")
    assert len(asked) == bool(live)


def test_a_repair_that_nothing_needs_fails_a_clean_build(tmp_path):
    page = tmp_path / "intro.html"
    page.write_text("<p>nothing to mend</p>")
    app = SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        outdir=tmp_path,
        clean_build=True,
        config=SimpleNamespace(repairs_are_needed=True, root_doc="intro"),
    )
    (tmp_path / "_static").mkdir()
    with pytest.raises(ExtensionError, match="btn-download"):
        repairs.make_whole(app, None)
    app.clean_build = False
    repairs.make_whole(app, None)
    assert (tmp_path / "index.html").read_text() == page.read_text()
