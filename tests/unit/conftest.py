import pytest
from check_tables import CheckTables
from hypothesis import settings

# the same examples on every run and no deadline: a slow machine is no bug
settings.register_profile(
    "course", max_examples=100, derandomize=True, database=None, deadline=None
)
settings.load_profile("course")


@pytest.fixture(scope="session")
def keras():
    import keras

    return keras


@pytest.fixture(scope="session")
def tf(keras):
    import tensorflow

    return tensorflow


def pytest_generate_tests(metafunc):
    """Give the tests of CheckTables one case for each row of their tables."""
    tables = metafunc.cls
    if not (isinstance(tables, type) and issubclass(tables, CheckTables)):
        return
    for argument, cases in (
        ("right_answer", tables.right),
        ("wrong_answer", tables.wrong),
        ("exercise", tables.lecture and list(tables.checks())),
    ):
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, cases)
