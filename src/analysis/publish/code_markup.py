"""Program code -> markup that tells words, texts and remarks of the language apart, and nothing finer."""

import functools
from typing import Final

from markupsafe import Markup
from pygments import lex  # type: ignore[import-untyped]
from pygments.lexer import Lexer  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.token import Comment, Keyword, String  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

_CLASSES: Final = ((Keyword, "k"), (String, "s"), (Comment, "c"))


def code_markup(source: str, language: str) -> Markup:
    """One cell of program code, its layout kept; a language that nobody knows stays plain."""
    parts = []
    for kind, text in lex(source, _lexer(language)):
        name = next((name for token, name in _CLASSES if kind in token), None)
        parts.append(Markup('<span class="{}">{}</span>').format(name, text) if name else Markup.escape(text))
    return Markup("").join(parts)


@functools.cache
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False, ensurenl=False)
