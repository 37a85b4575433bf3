"""What can be refused about bytes: they are not there, do not fit, or are not what their name or token says."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, NotFound, Refusal, Unavailable


class BlobNotFound(NotFound):
    """There are no bytes with this digest."""

    code = "blob.not_found"


class MalformedDigest(Invalid):
    """The text is not `sha256:` and 64 lower-case hexadecimal digits."""

    code = "blob.malformed_digest"

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(text)s” is not a digest.") % {"text": text[:80]},
            hint=_("A digest is “sha256:” and 64 digits from 0 to 9 and a to f."),
        )


class NoSpace(Unavailable):
    """The store has no room left for these bytes; nothing of them was kept."""

    code = "blob.no_space"
    status = HTTPStatus.INSUFFICIENT_STORAGE

    def __init__(self) -> None:
        super().__init__(
            _("The store has no room left for this file; nothing of it was kept."),
            hint=_("Try again later, or tell the operator of the factory."),
        )


class ManifestInvalid(Invalid):
    """A list of files that could not be laid out on every machine, or is not in its canonical form."""

    code = "manifest.invalid"

    def __init__(self, sentence: str, path: str = "") -> None:
        super().__init__(
            sentence,
            hint=_("Rename or remove the file, and send the list again."),
            fields={path: sentence} if path else None,
        )


class LinkInvalid(Refusal):
    """Not a link that this factory signed."""

    code = "link.invalid"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(_("This link is not valid."), hint=_("Open the page of the file and follow its link."))


class LinkExpired(Refusal):
    """The link was good, and its time is over."""

    code = "link.expired"
    status = HTTPStatus.GONE

    def __init__(self) -> None:
        super().__init__(_("This link is no longer valid."), hint=_("Open the page of the file for a fresh link."))


class ReceiptInvalid(Invalid):
    """Not a receipt for an upload of this actor to this place, or one too old."""

    code = "receipt.invalid"

    def __init__(self) -> None:
        super().__init__(
            _("This receipt does not belong to an upload of yours to this place, or it is too old."),
            hint=_("Upload the file again."),
        )
