"""Organisations, projects, members, pools, allocations and their use."""
