"""What each file of a report is made from: one digest per input, by content alone, named as people know it."""

import hashlib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ..digests import digest_of_file, name_in, package_digest
from ..returns.privacy import redact_names
from ..survey_folder import input_files, name_of
from .notebooks import Source

BRIEFING: Final = "briefing.pdf"
INDEX: Final = "index.html"
PLAIN: Final = "plain_language.html"

_PROGRAM: Final = "das Programm"
_PACKAGES: Final = "die installierten Pakete"
_TITLES: Final = "Namen und Titel der Notebooks"
_NAME: Final = "der Name der Abfrage"
_PINNED: Final = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==", re.MULTILINE)

# An input as people know it -> its digest.
Inputs = dict[str, str]


def inputs_of_survey(folder: Path) -> Inputs:
    """One digest per file of the survey that is read, and its name."""
    digests = {name_in(folder, path): digest_of_file(path) for path in input_files(folder)}
    shown = redact_names(digests)  # the stamp lies beside the pages that are handed on
    return {_NAME: _digest(name_of(folder))} | _labelled(digests, shown)


def inputs_of_program(lock: Path) -> Inputs:
    """The digests of this package and of the packages that it stands on."""
    return {_PROGRAM: package_digest(), _PACKAGES: _digest(*_packages(lock))}


def inputs_of_outputs(survey: Inputs, program: Inputs, sources: Sequence[Source]) -> dict[str, Inputs]:
    """For each file of the report the inputs that it is made from, in the order in which they are told."""
    common = survey | program
    titles = {_TITLES: _digest(*(part for source in sources for part in (source.name, source.title)))}
    notebooks = {source.name: {f"Notebook {source.name}": source.digest} for source in sources}
    outputs: dict[str, Inputs] = {}
    for source in sources:
        if source.is_briefing:
            outputs[BRIEFING] = common | notebooks[source.name]
    for source in sources:
        outputs[f"{source.name}.html"] = common | notebooks[source.name] | titles
    outputs[PLAIN] = common | titles
    outputs[INDEX] = common | {label: digest for each in notebooks.values() for label, digest in each.items()}
    return outputs


def _labelled(digests: Inputs, shown: Mapping[str, str]) -> Inputs:
    """One digest per name as it may be shown; where two names become one, of both."""
    labels: dict[str, list[str]] = {}
    for name, digest in digests.items():
        labels.setdefault(f"„{shown.get(name, name)}“", []).append(digest)
    return {label: each[0] if len(each) == 1 else _digest(*each) for label, each in labels.items()}


def _packages(lock: Path) -> list[str]:
    """Python and each installed package that the lock pins, with its version; every one where there is no lock."""
    try:
        pinned = {_normal(name) for name in _PINNED.findall(lock.read_text(encoding="utf-8"))}
    except OSError:
        pinned = set()
    found = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = [path.name for path in Path(folder or ".").iterdir()]
        except OSError:
            continue
        for entry in names:
            name, _, version = entry.removesuffix(".dist-info").partition("-")
            if entry.endswith(".dist-info") and (not pinned or _normal(name) in pinned):
                found.add(f"{_normal(name)} {version}")
    return [sys.version, *sorted(found)]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
