"""The page of the library names each public thing once, says what it is, shows it."""

import ast
import pkgutil
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import cnnlib

MODULES = [
    import_module(f"cnnlib.{module.name}")
    for module in pkgutil.iter_modules(cnnlib.__path__)
    if not module.name.startswith("_")
]


def public_names(module):
    """Return a package's `__all__`, or what a module makes itself."""
    if hasattr(module, "__all__"):
        return module.__all__
    made = ast.parse(Path(module.__file__).read_text("utf-8")).body
    names = [node.name for node in made if hasattr(node, "name")]
    names += [part.id for node in made for part in getattr(node, "targets", ())]
    return [name for name in names if not name.startswith("_")]


@pytest.fixture(scope="module")
def entries(book):
    """Return {anchor: (the line with the name, the words below it)}."""
    page = BeautifulSoup((book / "appendix" / "api.html").read_text(), "html.parser")
    lines = page.select("dl.py > dt[id]")
    counts = Counter(line["id"] for line in lines)
    assert [name for name, count in counts.items() if count > 1] == []
    return {line["id"]: (line, line.find_next_sibling("dd")) for line in lines}


def test_every_public_name_is_there_and_no_other(entries):
    expected = {
        f"{module.__name__}.{name}"
        for module in MODULES
        for name in public_names(module)
    }
    assert {"cnnlib.ops.conv2d", "cnnlib.plans.LENET"} <= expected
    members = {name for name in entries if name.rpartition(".")[0] in expected}
    assert set(entries) - members == expected


def test_every_entry_has_words(entries):
    silent = {
        name
        for name, (line, words) in entries.items()
        if not words.get_text(strip=True) and "attribute" not in line.parent["class"]
    }
    assert silent == set()


def test_the_parts_of_a_docstring_are_told_apart(entries):
    _, words = entries["cnnlib.ops.conv2d"]
    parts = [part.get_text(strip=True) for part in words.select("dl.field-list > dt")]
    assert parts == ["Parameters:", "Returns:", "Raises:", "Source:"]
    returned = words.select("dl.field-list > dd")[1].get_text().split()
    assert returned[:4] == ["Feature", "maps,", "shape", "(N,"]
    # what stands before a colon is no type
    _, words = entries["cnnlib.ops.dropout"]
    assert "Return type" not in words.get_text()


def test_what_is_indented_is_code(entries):
    _, words = entries["cnnlib.optimizers.SGD"]
    update = "velocity = momentum * velocity - learning_rate * gradient\nw += velocity"
    assert words.select_one("pre").get_text().strip() == update


def test_functions_and_classes_lead_to_their_code_and_back(entries, book):
    for name, (line, _) in entries.items():
        if line.parent["class"][1] in ("function", "class", "exception", "method"):
            (link,) = line.select("a:has(.viewcode-link)")
            path, anchor = link["href"].removeprefix("../").split("#")
            code = BeautifulSoup((book / path).read_text(), "html.parser")
            back = code.find(id=anchor).select_one("a.viewcode-back")
            assert back["href"].endswith(f"appendix/api.html#{name}")
