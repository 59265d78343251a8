import json
import re
from html import unescape

import pytest

from cnnlib import _page

FILES = ["checks/answer_box.css", "explorers/base.css"]


@pytest.mark.parametrize(
    "data", [{"a": [1, 0.5, None]}, 'it\'s "5" & </script>', "− × \\ \n \u2028 &amp;"]
)
def test_data_survives_in_an_attribute(data):
    text = _page.attribute(data)
    assert not set("'<>") & set(text)
    assert json.loads(unescape(text)) == data


def test_style_and_script_name_their_files():
    style = _page.style(*FILES)
    assert style.startswith(f'<style data-cnnlib="{" ".join(FILES)}">\n')
    assert style.endswith("}\n</style>")
    script = _page.script("checks/answer_box.js")
    assert script.startswith('<script data-cnnlib="checks/answer_box.js">\n(() => {\n')
    assert script.endswith("})();\n</script>")


def test_comments_of_whole_lines_and_indentation_stay_at_home(tmp_path, monkeypatch):
    (tmp_path / "a.js").write_text(
        "// one line\n/* one */\n  /* two\n   * lines */\n  a(); // kept\n\n"
        'b("/* kept */");\n/* kept */ c();\n'
    )
    monkeypatch.setattr(_page, "files", lambda package: tmp_path)
    lines = _page.script("a.js").splitlines()[3:-2]
    assert lines == ["a(); // kept", 'b("/* kept */");', "/* kept */ c();"]


def test_each_file_in_its_order_and_no_element_ends_early():
    style = _page.style(*FILES)
    assert style.index(".cnnlib-answer") < style.index(".cnnlib-explorer")
    assert len(re.findall("</style", style)) == 1
