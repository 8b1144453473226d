"""What a column heading asks for: the text of a heading -> the code of a field, or none."""

from .matching import match_header

__all__ = ["match_header"]
