"""Pictures of a notebook: what can be shown on any page, always with words for those who do not see it."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, unquote_to_bytes
from xml.etree import ElementTree

PICTURE_TYPES: Final = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_KNOWN: Final = "SVG, PNG, JPEG, GIF, WebP"
_FIRST_BYTES: Final[dict[str, tuple[bytes, ...]]] = {
    "image/svg+xml": (b"<", b"\xef\xbb\xbf<"),
    "image/png": (b"\x89PNG",),
    "image/jpeg": (b"\xff\xd8",),
    "image/gif": (b"GIF8",),
    "image/webp": (b"RIFF",),
}


@dataclass(frozen=True)
class Picture:
    """One picture with what it shows in words; a picture without words cannot be made."""

    data: bytes
    mimetype: str
    alt: str
    caption: str | None = None


def read_picture(
    url: str, alt: str, caption: str | None, attachments: Mapping[str, Mapping[str, str]]
) -> Picture:
    """One picture from an attachment or a data address.

    Raises: ValueError where it has no alternative text, lies outside the notebook or is of no known type.
    """
    if not alt.strip():
        raise ValueError(
            "ein Bild hat keinen Alternativtext: in Markdown ![was zu sehen ist](…) schreiben, in HTML "
            'alt="was zu sehen ist"'
        )
    if url.startswith("attachment:"):
        bundle = attachments.get(unquote(url.removeprefix("attachment:")), {})
        mimetype = next((kind for kind in PICTURE_TYPES if kind in bundle), "")
        content = bundle.get(mimetype, "")
        data = decode_picture(content)
    elif match := re.fullmatch(r"data:([\w/+.-]+)[^,]*?(;base64)?,(.*)", url, re.DOTALL):
        mimetype, is_base64, content = match[1].lower(), match[2], match[3]
        data = decode_picture(unquote(content)) if is_base64 else unquote_to_bytes(content)
    else:
        raise ValueError(f"das Bild „{url}“ liegt nicht im Notebook: als Anhang in die Zelle ziehen")
    return make_picture(data, mimetype, alt, caption)


def make_picture(data: bytes, mimetype: str, alt: str, caption: str | None = None) -> Picture:
    """One picture that every exporter can show. Raises: ValueError where it is damaged or shows other files."""
    name = " ".join(alt.split())
    if mimetype not in PICTURE_TYPES or not data.lstrip().startswith(_FIRST_BYTES[mimetype]):
        raise ValueError(f"das Bild „{name}“ fehlt, ist beschädigt oder keines von {_KNOWN}")
    if mimetype == "image/svg+xml":
        try:
            root = ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            raise ValueError(f"das Bild „{name}“ ist kein gültiges SVG ({error})") from error
        shown = [tag for tag in root.iter() if not tag.tag.endswith("}a")]  # a link shows nothing
        references = [value for tag in shown for key, value in tag.items() if key.endswith("href")]
        if other := next((ref for ref in references if not ref.startswith(("#", "data:"))), None):
            raise ValueError(f"das Bild „{name}“ zeigt „{other}“, das nicht im Notebook liegt")
    return Picture(data, mimetype, name, caption)


def decode_picture(content: str) -> bytes:
    """The bytes of a picture in base64. Raises: ValueError where it is damaged."""
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(f"ein Bild ist beschädigt ({error})") from error
