"""What follows from a survey is worked out once for all that ask, and anew where a table was changed since."""

import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

import pandas as pd

if TYPE_CHECKING:
    from ..survey import Survey

P = ParamSpec("P")
R = TypeVar("R")


class _Kept:
    """What was worked out from a survey, as long as its parts are these."""

    def __init__(self, survey: "Survey") -> None:
        # While a copy shares its blocks with a frame, pandas gives the frame new ones before it changes a value.
        self._copies = [value.copy(deep=False) for value in vars(survey).values() if _is_frame(value)]
        self._parts = list(_parts(survey))
        self.results: dict[Any, Any] = {}

    def is_of(self, survey: "Survey") -> bool:
        """Whether nobody has changed the survey since."""
        parts = list(_parts(survey))
        return len(parts) == len(self._parts) and all(map(lambda a, b: a is b, parts, self._parts))


_KEPT: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()


def once_per_survey(work: Callable[Concatenate["Survey", P], R]) -> Callable[Concatenate["Survey", P], R]:
    """The same function, which works only once for each survey and arguments.

    Everybody gets a frame of their own. A result must not hold the survey, or it would never be given up.
    """

    @functools.wraps(work)
    def once(survey: "Survey", *args: P.args, **kwargs: P.kwargs) -> R:
        kept = _KEPT.get(survey)
        if kept is None or not kept.is_of(survey):
            kept = _KEPT[survey] = _Kept(survey)
        key = (work, args, tuple(sorted(kwargs.items())))
        if key not in kept.results:
            kept.results[key] = work(survey, *args, **kwargs)
        result = kept.results[key]
        return cast("R", result.copy(deep=False) if _is_frame(result) else result)

    return cast("Callable[Concatenate[Survey, P], R]", once)


def _parts(survey: "Survey") -> Iterator[Any]:
    """All that a survey is made of; of its frames the blocks, which are others when a value is."""
    for value in vars(survey).values():
        if _is_frame(value):
            yield from (*value._mgr.axes, *value._mgr.blocks)
        else:
            yield value


def _is_frame(value: Any) -> bool:
    return isinstance(value, pd.DataFrame | pd.Series)
