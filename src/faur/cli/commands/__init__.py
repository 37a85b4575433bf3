"""The commands, one module a stretch of the road."""
