"""Amounts of the ledger in words, in the size in which a person thinks."""

from faur.kernel.ledger import InsufficientBalance
from faur.portal.quantities import say_quantity


def in_words(amount: int, unit: str) -> str:
    """`amount` of `unit` (core-seconds, gpu-seconds) as core hours or GPU hours."""
    return say_quantity(amount, unit).text


def asked_and_free(short: InsufficientBalance) -> tuple[str, str]:
    """What was asked for and what is free, in words; to the unit where rounding would make them alike."""
    asked, free = say_quantity(short.asked, short.unit), say_quantity(short.free, short.unit)
    return (asked.exact, free.exact) if asked.text == free.text else (asked.text, free.text)
