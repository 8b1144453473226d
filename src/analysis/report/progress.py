"""What a run does now, for whoever waits: lines that stay in a log, a line that moves on a terminal."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TextIO

from ..publish.german import format_number
from ..side_by_side import Watch
from ..workers import count_processes

_COUNTED: Final = 1000


class Progress(Watch):
    """One plain line per finished step: which of how many, what, how long it took.

    `check` is called at each step and may end the run; `durations` knows how many seconds each step took.
    """

    def __init__(self, check: Callable[[], None], stream: TextIO | None = None) -> None:
        self.durations: dict[str, float] = {}
        self.usual: Mapping[str, float] = {}
        self._check, self._stream = check, stream or sys.stderr
        self._started: dict[str, float] = {}
        self._expected: list[str] = []
        self._begin = time.monotonic()

    def expect(self, labels: Sequence[str], usual: Mapping[str, float]) -> None:
        """The labels of the steps to come, and how many seconds each of those known took the last time."""
        self._expected, self.usual = list(labels), usual

    @contextlib.contextmanager
    def step(self, label: str) -> Iterator[None]:
        """A step that is done here."""
        self.starts(label)
        yield
        self.ends(label)

    def starts(self, label: str) -> None:
        """A step has begun."""
        self._check()
        self._started[label] = time.monotonic()

    def waits(self) -> None:
        """Some time has passed."""
        self._check()

    def counts(self, done: int, total: int) -> None:
        """So many pieces of a long step are done."""
        self._check()
        if done % _COUNTED == 0 and done < total:
            self._say(f"      {format_number(done)} von {format_number(total)}")

    def close(self) -> None:
        """Nothing more is said."""

    def ends(self, label: str) -> None:
        """A step is over."""
        self.durations[label] = time.monotonic() - self._started.pop(label)
        self._say(
            f"[{len(self.durations)}/{len(self._expected)}] {label} ({_seconds(self.durations[label])})"
        )

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class TerminalProgress(Progress):
    """The same lines, and below them what is being done, how long it has taken and how long it may still take."""

    def __init__(self, check: Callable[[], None], stream: TextIO | None = None) -> None:
        super().__init__(check, stream)
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._stream, highlight=False)
        # Without a thread of its own: this process is about to be forked.
        self._live = Live("", console=console, auto_refresh=False, transient=True)
        self._live.start()

    def starts(self, label: str) -> None:
        """A step has begun."""
        super().starts(label)
        self.waits()

    def waits(self) -> None:
        """Some time has passed."""
        super().waits()
        now = f"Jetzt: {', '.join(self._started)}" if self._started else ""
        elapsed = time.monotonic() - self._begin
        self._live.update(f"{now} · seit {_seconds(elapsed)} · {self._remaining()}", refresh=True)

    def close(self) -> None:
        """The moving line goes."""
        self._live.stop()

    def _say(self, line: str) -> None:
        self._live.console.print(line, markup=False, soft_wrap=True)

    def _remaining(self) -> str:
        """How long the steps to come may take: as long as the last time, on as many cores as there are."""
        left = [label for label in self._expected if label not in self.durations]
        known = [*self.usual.values(), *self.durations.values()]
        if not known:
            return "Dauer noch nicht bekannt"
        typical = sum(known) / len(known)
        now = time.monotonic()
        seconds = sum(
            max(0.0, self.usual.get(label, typical) - (now - self._started.get(label, now))) for label in left
        )
        return f"noch etwa {_seconds(seconds / count_processes(len(left) or 1))}"


def _seconds(seconds: float) -> str:
    if seconds < 90:
        return f"{format_number(seconds, 1)} s"
    return f"{format_number(seconds / 60, 1)} min"
