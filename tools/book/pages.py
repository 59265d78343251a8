"""What a page says of itself: its description, its folds, its launch button."""

from html import escape

from docutils import nodes

FOLDED = {"tag_solution": "solution", "tag_setup": "set-up"}


def setup(app):
    """Register the hooks."""
    app.connect("config-inited", launch_only_with_address)
    app.connect("doctree-read", name_folds)
    app.connect("html-page-context", describe)


def launch_only_with_address(app, config):
    """Leave the launch button out until the repository has a public address."""
    if not config.html_theme_options.get("repository_url"):
        config.html_theme_options.pop("launch_buttons", None)


def name_folds(app, doctree):
    """Say what a folded cell holds: a solution, the set-up, or just code."""
    for cell in doctree.findall(nodes.container):
        if "prompt_show" in cell:
            tags = cell["classes"]
            what = next((FOLDED[tag] for tag in tags if tag in FOLDED), "code")
            cell["prompt_show"] = f"Show the {what}"
            cell["prompt_hide"] = f"Hide the {what}"


def describe(app, pagename, templatename, context, doctree):
    """Make the page's first paragraph its meta description."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree is not None else []
    text = next((paragraph.astext() for paragraph in paragraphs), None)
    if text is None:  # a page that Sphinx made
        text = f"{context.get('title', pagename)}: {app.config.html_title}"
    text = escape(" ".join(text.split()), quote=True)
    tag = f'<meta name="description" content="{text}" />'
    context["metatags"] = context.get("metatags", "") + tag
