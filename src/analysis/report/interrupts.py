"""Ctrl-C, being ended, a closed terminal: each ends a run in order, with nothing half-written left behind."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import Final

_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")


@contextlib.contextmanager
def heed_interrupts() -> Iterator[Callable[[], None]]:
    """Meanwhile each of them is a KeyboardInterrupt; the function given raises it again.

    It is asked at each step, because a package that catches everything while it is imported loses the exception.
    What whoever started this program told it to ignore stays ignored.
    """
    asked: list[int] = []

    def press(number: int, frame: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    heeded = (signal.default_int_handler, signal.SIG_DFL)
    numbers = [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) in heeded}
    for number in before:
        signal.signal(number, press)
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
