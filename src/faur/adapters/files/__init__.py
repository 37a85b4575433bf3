"""Blobs in a folder: for one machine, or for several that share a file system."""

from faur.adapters.files.store import FileBlobs

__all__ = ["FileBlobs"]
