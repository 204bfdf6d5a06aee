"""Everything that must hold before a change is handed in, as one command.

Run by any Python that has the package with its `test` extra installed:

    .venv/bin/python tests/check.py          # all steps, to the first that fails
    .venv/bin/python tests/check.py types    # some of them
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

STEPS: dict[str, tuple[list[str], ...]] = {
    "format": (["ruff", "format", "--check", "--quiet"],),
    "lint": (["ruff", "check", "--quiet"],),
    "spelling": (["codespell"],),
    "imports": (["lint-imports"],),
    "types": (["mypy"],),
    # Once, before the tests' workers would each do it.
    "machine": tuple(
        f"tabletop {command} --gear high".split()
        for command in (
            "run tutorial",
            "run tutorial --policy search:1",
            "forecast saves/tutorial.jsonl --at 8",
            "study tutorial --games 100 --measure none --show method",
        )
    ),
    "tests": (["pytest", "-q", "-x", "-n", "auto", "--dist", "worksteal"],),
}


def main() -> int:
    """Run the named steps in their order; 0 when all pass."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    chosen = parser.parse_args().steps or list(STEPS)
    if unknown := [step for step in chosen if step not in STEPS]:
        parser.error(f"no such step: {', '.join(unknown)}")
    return next((code for step in chosen if (code := run(step))), 0)


def run(step: str) -> int:
    """Run a step's commands, say how long they took, and give the worst status."""
    print(f"── {step} ", flush=True)
    started = time.perf_counter()
    with ThreadPoolExecutor() as side_by_side:
        code = max(side_by_side.map(call, STEPS[step]), key=abs)
    verdict = "failed" if code else "ok"
    print(f"   {step}: {verdict} in {time.perf_counter() - started:.1f} s", flush=True)
    return code


def call(command: list[str]) -> int:
    """Run a tool of this environment in the checkout."""
    tool = TOOLS / command[0]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([tool, *command[1:]], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
