"""What a report folder was made from: remembered beside the files, and compared with what is there now."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..digests import digest_of_file
from ..publish.german import join_words
from .inputs import Inputs

STAMP: Final = ".report.json"
_NAMED: Final = 3


@dataclass(frozen=True)
class Stamp:
    """For each file of a report its digest and the inputs it was made from; empty where nothing is known."""

    digests: dict[str, str]
    inputs: dict[str, Inputs]

    def to_json(self) -> str:
        """The text of the stamp's file; each set of inputs stands in it once."""
        every = {label: digest for inputs in self.inputs.values() for label, digest in inputs.items()}
        outputs = {
            name: {"digest": self.digests[name], "inputs": list(inputs)}
            for name, inputs in self.inputs.items()
        }
        return json.dumps({"inputs": every, "outputs": outputs}, ensure_ascii=False, indent=1) + "\n"


def read_stamp(out: Path) -> Stamp:
    """The stamp of the report in a folder; empty where there is none that can be read."""
    try:
        content: dict[str, Any] = json.loads((out / STAMP).read_text(encoding="utf-8"))
        every, outputs = content["inputs"], content["outputs"]
        return Stamp(
            {name: item["digest"] for name, item in outputs.items()},
            {name: {label: every[label] for label in item["inputs"]} for name, item in outputs.items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Stamp({}, {})


def stale_because(stamp: Stamp, out: Path, name: str, inputs: Inputs) -> str | None:
    """Why a file of the report is not current, as half a German sentence; None where it is."""
    try:
        digest = digest_of_file(out / name)
    except OSError:
        return "fehlt"
    if name not in stamp.digests:
        return "trägt keinen Vermerk, woraus sie entstand"
    if digest != stamp.digests[name]:
        return "wurde von Hand geändert"
    before = stamp.inputs[name]
    changes = {
        "geändert": [label for label in inputs if label in before and before[label] != inputs[label]],
        "neu": [label for label in inputs if label not in before],
        "nicht mehr da": [label for label in before if label not in inputs],
    }
    named = [f"{what}: {_some(labels)}" for what, labels in changes.items() if labels]
    return "; ".join(["ist veraltet", *named]) if named else None


def _some(labels: list[str]) -> str:
    more = len(labels) - _NAMED
    return join_words([*labels[:_NAMED], f"{more} weitere"] if more > 1 else labels)
