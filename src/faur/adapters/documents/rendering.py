"""One document, one format: each renderer is imported only when it is asked for."""

from importlib import import_module

from faur.adapters.documents.document import read_document, read_tree

FORMATS = ("html", "pdf", "docx", "json")


def render(content: bytes, document_format: str) -> bytes:
    """The technical file in `content`, set in `document_format`.

    Raises:
        UnreadableError: it is no technical file.
        ValueError: there is no such format.
    """
    if document_format not in FORMATS:
        raise ValueError(f"there is no format {document_format!r}, only {', '.join(FORMATS)}")
    tree = read_tree(content)
    document = read_document(tree)
    renderer = import_module(f"faur.adapters.documents.in_{document_format}")
    rendered: bytes = renderer.render(tree if document_format in {"pdf", "json"} else document)
    return rendered
