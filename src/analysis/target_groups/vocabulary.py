"""The code lists of target groups and places, compiled to a lexicon."""

from functools import cache
from typing import Final

from ..codelists import CodeLists
from ..problems import InputError
from ..spelling import fold
from .tokens import tokenise
from .words import Entry, Lexicon, Phrase, stems

ROLES: Final = frozenset(
    {"", "all", "head", "filler", "place", "and", "not", "except", "both", "in", "of", "with"}
)


@cache
def compile_words(codes: CodeLists) -> Lexicon:
    """The code lists `target_groups` and `target_group_words` as a lexicon, the city's places with them.

    Raises: InputError for a word with a code or a role that nobody knows.
    """
    lexicon = Lexicon({row["code"]: row.get("scope") or "special" for row in codes["target_groups"]})
    rows = codes["target_group_words"]
    words = _split([row["text"] for row in rows])
    # Whole words first: "Hilfe" says nothing, "-Hilfe" is for compounds alone.
    for row in sorted(rows, key=lambda row: row["text"].startswith("-")):
        text, role = row["text"], row.get("role") or ""
        named = tuple(filter(None, map(str.strip, row["codes"].split(";"))))
        if not named and not role:
            role = "filler"
        if role not in ROLES or not all(code in lexicon.scopes for code in named):
            raise _explain(text, role, named, lexicon)
        scope = lexicon.scopes[named[0]] if named else ""
        _add(lexicon, text, words[text], Entry(named, role, scope, (), text.strip("-")[:1].isupper()))
    places = [row[column] for row in codes["stadtteile"] for column in ("stadtbezirk", "stadtteil")]
    places += [row["text"] for row in codes["places"]]
    for text, written in _split(places).items():
        if len(written) > 1 or (written and written[0] not in lexicon.words):
            _add(lexicon, text, written, Entry((), "place", "", (), text[:1].isupper()))
    return lexicon


def _explain(text: str, role: str, named: tuple[str, ...], lexicon: Lexicon) -> InputError:
    unknown = next((code for code in named if code not in lexicon.scopes), None)
    what = (
        f"die Zielgruppe „{unknown}“, die target_groups.csv nicht kennt"
        if unknown is not None
        else f"die Rolle „{role}“, die es nicht gibt"
    )
    return InputError(f"target_group_words.csv: „{text}“ nennt {what}. Bitte die Zeile berichtigen.")


def _split(texts: list[str]) -> dict[str, tuple[str, ...]]:
    """Each text with its folded words; most are one plain word, and folding all at once is quicker."""
    words: dict[str, tuple[str, ...]] = {}
    joined = fold("\n".join(text.replace("\n", " ") for text in texts))
    for text, folded in zip(texts, joined.split("\n"), strict=True):
        word = folded.strip("-")
        is_plain = word.isalpha() and not word.endswith("nnen")
        words[text] = (word,) if is_plain else tuple(token.text for token in tokenise(text.strip("-")))
    return words


def _add(lexicon: Lexicon, text: str, words: tuple[str, ...], entry: Entry) -> None:
    if not words:
        return
    if len(words) > 1:
        for stem in stems(words[0]):
            lexicon.phrases.setdefault(stem, []).append(Phrase(words, entry))
        return
    lexicon.spellings.setdefault(words[0], text.strip("-"))
    tables = [lexicon.starts] if text.endswith("-") else [lexicon.words]
    if text.startswith("-"):
        tables = [lexicon.heads, *([] if words[0] in lexicon.words else tables)]
    for table in tables:
        table.setdefault(words[0], []).append(entry)
