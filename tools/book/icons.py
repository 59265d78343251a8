"""A dozen icons of the theme, in the page itself: no script and no fonts for all."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sphinx.errors import ExtensionError

# an icon of the theme, by its name in Font Awesome
ICON = r'<(i|span) class="((?:[^"]* )?fa(?:s|-solid) fa-([a-z-]+)[^"]*)"([^>]*)></\1>'
ICONS = "theme/pydata_sphinx_theme/static/vendor/fontawesome/*/js/all.min.js"


def drawn(classes, name, attributes):
    """Return an icon as the SVG that Font Awesome's script would put in its place."""
    if name not in solid_icons():
        message = f"the theme has no icon {name}: expected a solid one of Font Awesome"
        raise ExtensionError(message)
    width, height, path = solid_icons()[name]
    return (
        f'<svg class="book-icon {classes}"{attributes} aria-hidden="true" '
        f'viewBox="0 0 {width} {height}"><path d="{path}"/></svg>'
    )


@cache
def solid_icons():
    """Return {name: (width, height, path)} of the icons that the theme brings."""
    theme = Path(*find_spec("pydata_sphinx_theme").submodule_search_locations)
    (script,) = theme.glob(ICONS)
    icon = re.compile(
        r'"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"'
    )
    # the styles follow each other, the solid one last
    return {name: shape for name, *shape in icon.findall(script.read_text("utf-8"))}
