"""The one place of the notebook policy: how a lecture runs, is stored and is checked.

`python -m tools.notebooks` (`make notebooks`) writes the notebooks, the tests in
`tests/notebooks` and the pytest plugin `nbval_plugin` check them, and both read
the rules here: `canonical` (the stored form), `execute` (the kernel's environment,
and which stored outputs stay), `figures` and `drawings` (when two are the same),
`fingerprint` (what ignored outputs depend on), `reach` (what of cnnlib that is),
`wellformed` (what can be read at all), `machine` (paths and addresses in outputs),
`names` (what a name in a notebook stands on), `mutants` (wrong solutions),
`address` (where the repository is), `references` (the works that are cited),
`errata` (the corrections of the notes), `glossary` (the terms that are explained),
`results` (the page of the records), `trace` (where the numbers of a text come from, by
`written`, `sums`, `evidence` and `pools`), `anatomy` (the parts of a lecture),
`exercises` (with their solutions) and `style` (its cells).
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lecture_paths(root=ROOT):
    """Return the files of the lectures, in order."""
    return sorted((Path(root) / "lectures").glob("L*.ipynb"))
