from .check_tables import CheckTables


def pytest_generate_tests(metafunc):
    """Give the tests of CheckTables one case for each of their answers."""
    answers = metafunc.cls
    if not (isinstance(answers, type) and issubclass(answers, CheckTables)):
        return
    for argument, cases in (
        ("right_answer", answers.right),
        ("wrong_answer", answers.wrong),
    ):
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, cases)
