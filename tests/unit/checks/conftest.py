import pytest


@pytest.fixture(autouse=True)
def _normal_mode(monkeypatch):
    monkeypatch.delenv("CNNLIB_STRICT", raising=False)
