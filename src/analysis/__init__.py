"""From a city's departmental returns to a briefing that everyone can read."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exploring import browse, explore
    from .reading import show_reading
    from .store import load_survey, open_survey
    from .survey import Survey, read_survey

__all__ = [
    "Survey",
    "browse",
    "explore",
    "load_survey",
    "open_survey",
    "read_survey",
    "show_reading",
]

_HOMES = {
    "Survey": "survey",
    "read_survey": "survey",
    "load_survey": "store",
    "open_survey": "store",
    "show_reading": "reading",
    "browse": "exploring",
    "explore": "exploring",
}


def __getattr__(name: str) -> Any:
    """The names above and the submodules, imported when they are first used: the worker process needs no pandas."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    if name in ("headers", "start_years", "target_groups", "sozialraeume", "dezernate"):
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
