"""The demo: a small company walks the whole road through the public API, and may be interrupted anywhere."""
