"""Title, author, address and the list of lectures stand in one place each."""

import subprocess

import pytest
import yaml

from tools.notebooks import ROOT, lecture_paths
from tools.notebooks.__main__ import title_of
from tools.notebooks.address import CONFIG, Address
from tools.notebooks.canonical import read
from tools.notebooks.identity import LICENSES, read_identity, texts
from tools.notebooks.setup_cell import set_up

URL = "https://github.com/Someone/Course"
FOLLOWS = ("README.md", "intro.md", "CITATION.cff", *LICENSES)


def test_what_is_stored_follows_from_one_place():
    identity = read_identity(ROOT)
    notebooks = {path: read(path) for path in lecture_paths(ROOT)}
    titles = {p.relative_to(ROOT).as_posix(): title_of(x) for p, x in notebooks.items()}
    for name, text in texts(ROOT, identity, titles).items():
        assert (ROOT / name).read_text() == text, f"{name}: run `make identity`"
    for path, notebook in notebooks.items():
        changed = set_up(notebook, identity.address)
        assert not changed, f"{path.name}: run `make identity`"


def test_there_is_no_second_place():
    identity = read_identity(ROOT)
    said = [identity.title, identity.author]
    if identity.address:
        said.append(identity.address.place)
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    tracked = listed.stdout.splitlines()
    assert CONFIG in tracked
    others = [
        name
        for name in tracked
        if name not in (CONFIG, *FOLLOWS)
        and not name.startswith(("lectures/", "shared/"))
    ]
    second = [
        f"{name}: {words}"
        for name in others
        for words in said
        if words.encode() in (ROOT / name).read_bytes()
    ]
    assert second == [], f"{CONFIG} says it, so read it there"


def test_the_branch_that_is_published_is_that_of_the_address():
    branch = yaml.safe_load((ROOT / CONFIG).read_text())["repository"]["branch"]
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text()
    assert f"branches: [{branch}]" in workflow
    assert f"refs/heads/{branch}'" in workflow


def stored(book):
    return {name: (book.root / name).read_text() for name in FOLLOWS}


def test_a_fork_changes_one_file(book, capsys):
    book.add("L02_x")
    assert book.make("--no-run") == 0
    before = stored(book)
    book.set_address(URL, title="Nets: seen", author="Ann O'Neil", copyright="2027")
    assert book.make("--no-run") == 0
    after = stored(book)
    assert after["README.md"].startswith("# Nets: seen\n")
    assert after["intro.md"].startswith("# Nets: seen\n")
    assert "Read it at <https://someone.github.io/Course/>." in after["README.md"]
    cited = yaml.safe_load(after["CITATION.cff"])
    assert cited == {
        "title": "Nets: seen",
        "authors": [{"name": "Ann O'Neil"}],
        "url": "https://someone.github.io/Course/",
        "repository-code": URL,
        "version": 1,
    }
    for name in LICENSES:  # the line of the first author must stay
        holders = "Copyright (c) 2000 Somebody\nCopyright (c) 2027 Ann O'Neil\n"
        assert after[name] == f"Terms\n\n{holders}\nMay.\n"
    capsys.readouterr()
    assert book.make("--no-run") == 0
    assert capsys.readouterr().out == ""
    book.set_address("")
    assert book.make("--no-run") == 0
    back = stored(book)
    assert {name: back[name] for name in FOLLOWS[:3]} == {
        name: before[name] for name in FOLLOWS[:3]
    }


def test_intro_lists_what_is_there_and_what_is_to_come(book):
    book.add("L02_x")
    book.add("L05_y")
    assert book.make("--no-run") == 0
    links = (
        "2. [L02_x: a title](lectures/L02_x.ipynb)\n3. Three\n"
        "5. [L05_y: a title](lectures/L05_y.ipynb)\n"
    )
    assert f"start -->\n{links}<!--" in (book.root / "intro.md").read_text()
    (book.root / "lectures" / "L05_y.ipynb").unlink()
    assert book.make("--no-run") == 0
    assert "L05_y" not in (book.root / "intro.md").read_text()


@pytest.mark.parametrize(
    ("url", "pages"),
    [
        ("https://github.com/Ann/Nets", "https://ann.github.io/Nets/"),
        ("https://github.com/Ann/ann.github.io", "https://ann.github.io/"),
    ],
)
def test_where_the_pages_are(url, pages):
    assert Address(url, "main").pages == pages


@pytest.mark.parametrize("key", ["title", "author", "copyright"])
@pytest.mark.parametrize("value", ["2026", "", "[a, b]", '"two  spaces"', '" a"'])
def test_a_slip_in_the_configuration_is_named(book, capsys, key, value):
    path = book.add("L02_x")
    before = path.read_bytes(), stored(book)
    config = book.root / CONFIG
    lines = config.read_text().splitlines()
    lines = [f"{key}: {value}" if x.startswith(f"{key}: ") else x for x in lines]
    config.write_text("\n".join(lines))
    assert book.make("--no-run") == 1
    assert f"{CONFIG}: `{key}:` must be a text in one line" in capsys.readouterr().err
    assert (path.read_bytes(), stored(book)) == before


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("README.md", "# Course\n<!-- lectures:start -->", "<!-- book:start -->"),
        ("intro.md", "Course\n", "the first line must be a title"),
        ("intro.md", "# Course\n", "intro.md must have the lines <!-- lectures:start"),
        ("CITATION.cff", "authors:\n  - name: A\n", "must have 'title: ' once"),
        ("CITATION.cff", "title: A\n", "must have 'authors:' once, received 0"),
        ("LICENSE", "Terms\n", "LICENSE must have a line 'Copyright (c) ...'"),
    ],
)
def test_a_place_that_is_gone_is_named_and_nothing_written(
    book, capsys, name, text, words
):
    path = book.add("L02_x")
    (book.root / name).write_text(text)
    before = path.read_bytes(), stored(book)
    assert book.make("--no-run") == 1
    assert words in capsys.readouterr().err
    assert (path.read_bytes(), stored(book)) == before
