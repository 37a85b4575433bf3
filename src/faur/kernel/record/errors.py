"""What the record refuses."""

from collections.abc import Mapping
from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, NotFound, Refusal
from faur.kernel.units import Bytes


class NotCanonical(Invalid):
    """A value that JSON cannot carry to everyone alike: NaN, an integer beyond 2^53, a date, half a character."""

    code = "record.not_canonical"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("The record cannot hold this value."),
            hint=_("Write numbers that are finite, texts of whole characters, lists and objects of these."),
            fields=fields,
        )


class StatementInvalid(Invalid):
    """A statement about nothing, on no chain, or of a digest that is none. `fields` says which."""

    code = "record.statement_invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("This statement cannot be recorded as it is."),
            hint=_("Name at least one thing by its identifier or digest, on the chain of a project or the factory."),
            fields=fields,
        )


class EntryTooLarge(Invalid):
    """The record says what happened; the bytes themselves belong into the blobs."""

    code = "record.entry_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, size: Bytes, most: Bytes) -> None:
        super().__init__(
            _("The statement would take %(size)d bytes; an entry of the record has at most %(most)d.")
            % {"size": size, "most": most},
            hint=_("Store the long part as a file, and state its digest."),
        )


class AppendOnly(Refusal):
    """Nothing in the record is changed or removed; a correction is a new entry."""

    code = "record.append_only"

    def __init__(self) -> None:
        super().__init__(
            _("The record is append-only: what is written in it stays as it is."),
            hint=_("Record a correction as a new entry."),
        )


class ChainEmpty(NotFound):
    """There is no entry on that chain yet."""

    code = "record.chain_empty"


class FileNameUnsafe(Invalid):
    """A name that would not unpack to the same harmless place on every machine."""

    code = "record.file_name_unsafe"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s cannot be the name of a file in a bundle.") % {"name": repr(name)},
            hint=_("Use Latin letters, digits, dots, hyphens, underscores, and / between folders; each once."),
        )


class BundleTooLarge(Invalid):
    """A bundle carries documents, not data sets or weights: those it names by digest."""

    code = "record.bundle_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__(
            _("The bundle would be larger than 4 GiB."),
            hint=_("Leave out the largest files; the record names them by digest all the same."),
        )


class KeyUnsafe(Refusal):
    """The signing key can be read by others, or is none: what it signed would prove nothing."""

    code = "record.key_unsafe"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The factory's signing key cannot be used: %(why)s.") % {"why": why},
            hint=_("The operator must restore the key, or make it readable by the factory alone (chmod 600)."),
        )
