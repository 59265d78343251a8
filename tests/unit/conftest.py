import pytest
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
