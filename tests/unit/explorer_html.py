"""What the tests of explorers read out of their HTML."""

import base64
import json
import re
from html import unescape


def whole(text):
    """Return the int that a cell shows with a true minus sign."""
    return int(text.replace("\N{MINUS SIGN}", "-"))


def tables(html, read=whole):
    """Return what each cell of each table shows, in order."""
    return [
        [
            [
                read(unescape(re.sub("<[^>]+>", "", td)))
                for td in re.findall("<td.*?</td>", row)
            ]
            for row in re.findall("<tr>.*?</tr>", body)
        ]
        for body in re.findall("<tbody>(.*?)</tbody>", html, re.DOTALL)
    ]


def without_resources(html):
    """Return what a notebook stores: the HTML without its styles and scripts."""
    return re.sub(r"<(style|script).*?</\1>", "", html, flags=re.DOTALL)


def checked_bundle(explorer, name):
    """Assert what the forms of every explorer share; return its HTML and its config."""
    forms = explorer(name=name)._repr_mimebundle_()
    assert forms == explorer(name=name)._repr_mimebundle_()
    assert base64.b64decode(forms["image/png"]).startswith(b"\x89PNG")
    html = forms["text/html"]
    assert html.startswith(f'<div class="cnnlib-explorer" id="cnnlib-{name}"')
    assert html.count("<div") == html.count("</div>")
    assert not re.search(r"https?:|@import|url\(|\bsrc=|fetch\(|currentScript", html)
    return html, json.loads(unescape(re.search("data-config='(.*?)'", html)[1]))
