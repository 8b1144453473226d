"""What a column heading asks for: the text of a heading -> the code of a field, or none."""

from .matching import match_header, may_stand_in_heading

__all__ = ["match_header", "may_stand_in_heading"]
