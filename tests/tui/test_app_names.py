"""Our screens and widgets must not take over a name that Textual uses for itself."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import tabletop.tui

MEANT = {
    "AUTO_FOCUS", "BINDINGS", "COMMANDS", "CSS_PATH", "DEFAULT_CLASSES", "DEFAULT_CSS",
    "ENABLE_COMMAND_PALETTE", "HORIZONTAL_BARS", "TITLE", "VERTICAL_BARS",
    "action_page_down", "action_page_up", "action_quit", "action_scroll_down",
    "action_scroll_end", "action_scroll_home", "action_scroll_up", "build",
    "can_focus", "check_action", "compose", "discover",
    "get_content_height", "get_content_width", "get_suggestion", "get_system_commands",
    "get_theme_variable_defaults", "on_blur", "on_click", "on_focus", "on_key",
    "on_mount", "on_resize", "render_line", "render_lines", "search",
    "watch_highlighted", "watch_scroll_y",
}  # fmt: skip
"""What is overridden on purpose."""


def ours() -> Iterator[type[Any]]:
    """Every class of the TUI that extends one of Textual's."""
    package = tabletop.tui
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and thing.__module__ == module.name:
                yield thing


def textuals(thing: type[Any]) -> set[str]:
    """The names that its Textual bases define."""
    bases = [base for base in thing.__mro__ if base.__module__.startswith("textual.")]
    return {name for base in bases for name in vars(base)}


MADE = {
    "_abc_impl", "_computes", "_css_type_name", "_css_type_names", "bubble",
    "_decorated_handlers", "_inherit_bindings", "_inherit_component_classes",
    "_inherit_css", "_merged_bindings", "_reactives", "can_focus_children",
    "no_dispatch", "verbose",
}  # fmt: skip
"""What Textual itself writes into every class."""

CLASSES = {f"{thing.__module__}.{thing.__qualname__}": thing for thing in ours()}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_name_of_textual_is_taken(name: str) -> None:
    own = {each for each in vars(CLASSES[name]) if not each.startswith("__")}
    assert (own & textuals(CLASSES[name])) - MEANT - MADE == set()
