"""The `faur` command: everything that the portal does, over the REST API."""
