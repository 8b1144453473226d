"""What a column heading asks for: the text of a heading -> the code of a field, or none.

The way of a heading:
    matching  the way in and out: the rules of grammar
    glance    a glance that tells most data from headings
    text      the text of a heading as words
    words     what one word of the code list says, inflected or compounded
    slips     words abbreviated or with a typing slip
"""

from .matching import match_header, may_stand_in_heading

__all__ = ["match_header", "may_stand_in_heading"]
