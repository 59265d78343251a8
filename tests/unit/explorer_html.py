"""What the tests of explorers read out of their HTML."""

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
