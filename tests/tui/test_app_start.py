"""The first screen must stand at once: what is slow to load comes later."""

import subprocess
import sys

SLOW = ("pydantic", "tomli", "tree_sitter", "markdown_it", "numba", "numpy")


def test_the_app_loads_nothing_slow_before_it_is_drawn() -> None:
    script = (
        "import sys; import tabletop.tui.app; "
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
