"""What stands around the notebooks: facts and ways on each page, the front page, the page in plain language.

`Front` is what the survey gives to the front page and the page in plain language, as plain values that can be kept.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .inputs import BRIEFING, INDEX, PLAIN
from .notebooks import Source, briefing_of

if TYPE_CHECKING:
    from ..survey import Survey

_PDF_SUMMARY: Final = (
    "Die Ergebnisse als Mitteilung für die Sitzung. Überschriften, Listen, Tabellen und Diagramme sind für "
    "Vorleseprogramme ausgezeichnet."
)


@dataclass(frozen=True)
class Front:
    """The words of both pages: the result with its evidence, question and sentences in plain language, remarks.

    `doubts` counts the problems by severity, `mentions` the Nennungen.
    """

    result: str
    cited: dict[str, Any] | None
    sample: str | None
    provenance: str
    plain_title: str
    plain_sample: str | None
    topics: list[tuple[str, list[str]]]
    mentions: int
    doubts: dict[str, int]


def front_of(survey: "Survey") -> Front:
    """The words of the front page and of the page in plain language."""
    from ..findings import state_provenance, state_sample, tell_in_plain_language, tell_summary
    from ..findings.plain import ABOUT, SAMPLE, TITLE
    from ..publish.cited import cited_markdown

    sample, result = state_sample(survey), tell_summary(survey)
    topics = [(topic.question, list(topic.sentences)) for topic in tell_in_plain_language(survey).topics]
    return Front(
        result=result.markdown,
        cited=cited_markdown(lambda: result.markdown),
        sample=sample.markdown if sample else None,
        provenance=state_provenance(survey).markdown,
        plain_title=TITLE,
        plain_sample=SAMPLE if survey.is_sample else None,
        topics=[("", list(ABOUT)), *topics],
        mentions=len(survey.programmes),
        doubts=dict(Counter(survey.problems["severity"])),
    )


def facts_of(config: Mapping[str, Any], sources: Sequence[Source], name: str) -> dict[str, Any]:
    """What the exporters print around the content of the notebook called `name` (its metadata `publish`)."""
    return {
        "date": config["reference_date"].isoformat(),
        "running_head": _running_head(config),
        "nav": _navigation(sources, f"{name}.html"),
    }


def render_front_page(
    config: Mapping[str, Any], sources: Sequence[Source], front: Front, pdf_size: int
) -> bytes:
    """The page index.html."""
    from ..publish.cited import read_cited
    from ..publish.markdown import parse_markdown
    from ..publish.page import Link, render_index

    page = render_index(
        config["title"],
        read_cited(front.cited) if front.cited else parse_markdown(front.result),
        [Link(source.title, f"{source.name}.html", source.summary) for source in sources],
        pdf=Link("Vorlage für das Gremium", BRIEFING, _PDF_SUMMARY, pdf_size) if pdf_size else None,
        note=front.sample,
        date=config["reference_date"],
        plain=Link(front.plain_title, PLAIN),
        about=front.provenance,
    )
    return page.encode("utf-8")


def render_plain_page(config: Mapping[str, Any], sources: Sequence[Source], front: Front) -> bytes:
    """The page plain_language.html."""
    from ..publish.blocks import Neighbour
    from ..publish.evidence_markup import EVIDENCE_ANCHOR
    from ..publish.page import render_plain_language

    briefing = briefing_of(sources)
    page = render_plain_language(
        front.plain_title,
        front.topics,
        note=front.plain_sample,
        date=config["reference_date"],
        running_head=_running_head(config),
        nav=[Neighbour(link["title"], link["href"], link["current"]) for link in _navigation(sources, PLAIN)],
        evidence=f"{briefing}.html#{EVIDENCE_ANCHOR}" if briefing else None,
    )
    return page.encode("utf-8")


def _running_head(config: Mapping[str, Any]) -> str:
    return str(config["title"]) + (" (Musterdaten)" if config["is_sample"] else "")


def _navigation(sources: Sequence[Source], current: str) -> list[dict[str, Any]]:
    """One item per page of the report, in the order of the links on each of them."""
    titles = {INDEX: "Übersicht", PLAIN: "In einfacher Sprache"}
    titles |= {f"{source.name}.html": source.title for source in sources}
    return [{"title": title, "href": href, "current": href == current} for href, title in titles.items()]
