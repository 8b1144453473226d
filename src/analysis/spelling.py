"""One spelling for many: case, umlauts and typing slips, as every parser of German cells needs them."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, umlauts as two letters, no accents: "MÜLHEIM", "Muelheim" and "mülheim" fold alike."""
    if text.isascii():
        return text.lower()
    spelled = unicodedata.normalize("NFC", text).casefold()  # which writes ß as ss
    spelled = spelled.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    if spelled.isascii():
        return spelled
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))


def is_one_slip(left: str, right: str) -> bool:
    """Whether one letter added, left out, exchanged or swapped with the next makes one out of the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    same = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    rest_short, rest_long = short[same:], long[same:]
    return rest_short[1:] == rest_long[1:] or (
        rest_short[:2] == rest_long[1::-1] and rest_short[2:] == rest_long[2:]
    )
