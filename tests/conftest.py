"""What every test needs: a quiet environment, and chance that can be repeated."""

import os

QUIET = {"COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "TABLETOP_ASCII"}
"""Variables that change what is drawn."""

# Textual reads some of them when it is imported, hence before anything else.
for _name in list(os.environ):
    if _name in QUIET or _name.startswith("TEXTUAL"):
        del os.environ[_name]
os.environ["TABLETOP_TOUR"] = "0"

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, max_examples=60
)
settings.register_profile(
    "long",
    deadline=None,
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("fixed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True, scope="session")
def _user_data_aside(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """No test writes to the data folder of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield
