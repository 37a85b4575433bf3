"""Which text may come in: what every database can keep, and what reads as it is written."""

REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unicode's explicit directional formatting (UAX 9, 2): it makes what stands around it look like something else."""


def check_text(text: str) -> None:
    """Raises ValueError: it holds a NUL, half a character, or what turns the text around it."""
    if "\0" in text:
        raise ValueError("NUL in text")
    if not REORDERING.isdisjoint(text):
        raise ValueError("directional formatting in text")
    text.encode("utf-8")  # half of a surrogate pair raises UnicodeEncodeError, which is a ValueError


def is_fit(text: str) -> bool:
    """Whether `check_text` lets it in."""
    try:
        check_text(text)
    except ValueError:
        return False
    return True
