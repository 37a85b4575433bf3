"""Data sets, their versions, policies and contracts."""
