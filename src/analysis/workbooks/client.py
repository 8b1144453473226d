"""Opens a spreadsheet file, whatever its format, and gives its cells with addresses.

The file is read in another process: a damaged workbook can abort the process that reads it or ask for gigabytes,
and one bad return must never stop the others.
"""

from pathlib import Path

from ..workers import Failure, Run
from .cells import Unreadable, Workbook


def read_workbook(path: Path) -> Workbook | Unreadable:
    """One workbook with all its worksheets, or the reason why the file cannot be read; never an exception."""
    from .worker import read_here  # here, because nobody else needs the readers in this process

    (answer,) = Run(read_here, [path], seconds_for)
    return describe_failure(answer, path) if isinstance(answer, Failure) else answer


def seconds_for(path: Path) -> float:
    """How long a file may take: what no honest file of its size needs."""
    try:
        return 15 + 8 * path.stat().st_size / 1_000_000
    except OSError:
        return 15


def describe_failure(failure: Failure, path: Path) -> Unreadable:
    """What to say of a file that ended the process that read it."""
    if failure.timed_out:
        return Unreadable(f"Die Datei ist in {seconds_for(path):.0f} Sekunden nicht zu lesen")
    return Unreadable("Die Datei ist beschädigt oder zu groß: Sie bringt das Leseprogramm zum Absturz")
