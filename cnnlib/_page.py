"""What an output brings to a page: data in an attribute, a style, a script.

An output has to work alone, because Colab shows each in a frame of its own, so it
carries its style and script. They are marked with the files that they come from:
`<script data-cnnlib="checks/answer_box.js">`. By that mark they are left out where
the page has them already, which is once for all outputs (see `tools`).
"""

import json
import re
from html import escape
from importlib.resources import files

_COMMENT = re.compile(r"^\s*(?://.*|/\*[^*]*(?:\*(?!/)[^*]*)*\*/\s*)$", re.MULTILINE)


def attribute(data):
    """Return data as JSON that stands between single quotes in HTML."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # JSON is full of double quotes, so single ones enclose it
    return escape(text, quote=False).replace("'", "&#39;")


def style(*names):
    """Return a style element out of files of cnnlib, as "checks/answer_box.css"."""
    return f"<style {_mark(names)}>\n{_joined(names)}</style>"


def script(*names):
    """Return a script out of files of cnnlib, whose names stay inside it."""
    wrapped = f'(() => {{\n"use strict";\n{_joined(names)}}})();\n'
    return f"<script {_mark(names)}>\n{wrapped}</script>"


def _mark(names):
    return f'data-cnnlib="{" ".join(names)}"'


def _joined(names):
    """Read files, without indentation, empty lines and comments of whole lines."""
    texts = [(files("cnnlib") / name).read_text(encoding="utf-8") for name in names]
    lines = _COMMENT.sub("", "\n".join(texts)).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
