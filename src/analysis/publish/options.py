"""The `#|` lines at the top of a code cell (Quarto's convention): words for its pictures."""

import re

_LINE = re.compile(r"#\|(?P<indent>\s*)(?P<text>.*)")
_OPTION = re.compile(r"(?P<name>[\w-]+):\s*(?P<value>.*)")
_BLOCK_MARKS = {"|", ">", "|-", ">-", "|+", ">+"}


def figure_options(source: str) -> dict[str, list[str]]:
    """One list of texts per option of the cell, one text per picture where the option is a list.

    Understands what cells hold of YAML: plain and quoted texts, texts folded over several lines, lists.
    """
    options: dict[str, list[str]] = {}
    current: list[str] = []
    for line in source.lstrip("\n").splitlines():
        if not (match := _LINE.match(line)):
            break
        text = match["text"].strip()
        if len(match["indent"]) <= 1 and (option := _OPTION.fullmatch(text)):
            value = option["value"].strip()
            current = options.setdefault(option["name"], [])
            if value and value not in _BLOCK_MARKS:
                current.append(value)
        elif text.startswith("- "):
            current.append(text[2:].strip())
        elif text and current:
            current[-1] += f" {text}"
        elif text:
            current.append(text)
    return {name: [_unquote(text) for text in texts] for name, texts in options.items()}


def _unquote(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        mark = text[0]
        return text[1:-1].replace('\\"', '"') if mark == '"' else text[1:-1].replace("''", "'")
    return text
