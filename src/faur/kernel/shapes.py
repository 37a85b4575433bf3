"""Shapes of text that many routes take."""

from typing import Annotated

from pydantic import StringConstraints

NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_CONTROLS)]
"""One line, which may be empty."""

Word = Annotated[str, StringConstraints(max_length=40, pattern=NO_CONTROLS)]
"""A short name that a person gave."""

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Lines of text, of any length that the body may have."""
