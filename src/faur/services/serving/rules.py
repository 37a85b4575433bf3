"""What serving decides, without looking anything up."""

from datetime import timedelta

LONGEST_KEY_LIFE = timedelta(days=366)
MOST_KEYS = 200
"""Valid keys of one endpoint at a time."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_CHARACTERS = _LETTERS | frozenset("0123456789-")


def is_name(text: str) -> bool:
    """Three to fifty lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen."""
    shaped = 3 <= len(text) <= 50 and text[0] in _LETTERS and not text.endswith("-")
    return shaped and set(text) <= _CHARACTERS


def is_key_life(days: int) -> bool:
    return 1 <= days <= LONGEST_KEY_LIFE.days
