"""How numbers and moments are written: a 24-hour clock, months as words, separators that nobody misreads."""
