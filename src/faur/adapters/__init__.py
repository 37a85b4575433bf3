"""Outside systems: one folder each, fulfilling the ports of the services."""
