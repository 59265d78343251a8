import subprocess
import sys

import pytest

from cnnlib.checks import CheckFailed, check


def printed_by(code):
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return run.stdout.strip() or run.stderr


@pytest.mark.parametrize("name", ["L02.1", "L02.predict1"])
def test_a_name_finds_its_check(name):
    assert check(name, 12345).name == name


def test_unknown_exercise_lists_the_checks_of_the_lecture():
    with pytest.raises(ValueError, match=r"L02\.predict1.*L02\.5, received 'L02\.99'"):
        check("L02.99", 1)


@pytest.mark.parametrize("name", ["L99.1", "l02.1", "", "engine.1", "L02", "predict1"])
def test_unknown_name_lists_what_exists(name):
    with pytest.raises(ValueError, match=r"expected one of .*L02"):
        check(name, 1)


def test_a_name_that_is_no_string_is_refused():
    with pytest.raises(TypeError, match="name: expected a string such as"):
        check(-1020, "L02.1")


@pytest.mark.parametrize(("answers", "n"), [((0, 943), 2), ((8, 5, 75), 3)])
def test_an_answer_that_commas_took_apart_is_refused(answers, n):
    message = f"one answer: several values in brackets.*received {n} answers"
    with pytest.raises(TypeError, match=message):
        check("L02.4", *answers)


def test_a_text_is_read_as_it_was_typed():
    assert check("L02.4", "0,943")
    assert check("L05.1", "896, 3,538,944")
    assert not check("L02.4", "0,9")


def test_import_is_light():
    names = ("matplotlib", "pandas", "tensorflow", "keras")
    code = f"import sys, cnnlib.checks; print([m for m in {names} if m in sys.modules])"
    assert printed_by(code) == "[]"


def test_what_a_notebook_puts_into_the_library_does_not_reach_the_tables():
    # before its first check, a student rebinds all names that lectures import
    code = """
import cnnlib.checks, cnnlib.ops, cnnlib.shapes
from cnnlib.checks import tables
from cnnlib.checks.engine import Function

def mine(*args, **settings):
    raise AssertionError

for module in (cnnlib.ops, cnnlib.shapes):
    for name, value in vars(module).copy().items():
        is_own = getattr(value, "__module__", "").startswith(module.__name__)
        if is_own and not name.startswith("_"):
            setattr(module, name, mine)
names = [
    f"{lecture}.{exercise}"
    for lecture in tables.lectures()
    for exercise, item in tables.load(lecture).items()
    if isinstance(item, Function) and item.judge(item.reference).status != "passed"
]
print(names)
"""
    assert printed_by(code) == "[]"


# strict mode


def test_normal_mode_returns():
    assert not check("L02.1", 0)
    assert not check("L02.1", ...)


@pytest.mark.parametrize(("answer", "words"), [(80, "flipped"), (..., "not written")])
def test_strict_mode_raises(monkeypatch, answer, words):
    monkeypatch.setenv("CNNLIB_STRICT", "1")
    with pytest.raises(CheckFailed, match=words) as caught:
        check("L02.1", answer)
    assert isinstance(caught.value, AssertionError)
    assert caught.value.__suppress_context__


def test_strict_mode_returns_what_passed(monkeypatch):
    monkeypatch.setenv("CNNLIB_STRICT", "1")
    assert check("L02.1", -80)


@pytest.mark.parametrize("value", ["", "0"])
def test_strict_mode_can_be_switched_off(monkeypatch, value):
    monkeypatch.setenv("CNNLIB_STRICT", value)
    assert not check("L02.1", 80)
