"""What data refuses, and how to go on."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal
from faur.portal.states import state_word


class DatasetInvalid(Invalid):
    """A data set without the facts that its users and the record need; `fields` names them."""

    code = "dataset.invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("The description of the data set is not complete."),
            hint=_("Mend the fields that are named."),
            fields=fields,
        )


class NameTaken(Refusal):
    """A name stands for one data set of a project."""

    code = "dataset.name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The project has a data set called “%(name)s” already.") % {"name": name},
            hint=_("Publish a new version of it, or choose another name."),
        )


class FilesInvalid(Invalid):
    """Files that could not be laid out side by side, or whose upload is not proved by a receipt."""

    code = "dataset.files_invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("These files cannot make a version."), hint=_("Mend what is named, and publish again."), fields=fields
        )


class NotPublished(Refusal):
    """Only a version whose files were all read can be used."""

    code = "dataset.not_published"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This version is in the state “%(state)s”, so it cannot be used.") % {"state": state_word(state).text},
            hint=_("Wait until it is published, or use another version."),
        )


class VersionDecided(Refusal):
    """What checking found is said once."""

    code = "dataset.version_decided"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This version is in the state “%(state)s” already.") % {"state": state_word(state).text},
            hint=_("Publish another version where it is needed."),
        )


class ContractMissing(Refusal):
    """No use without a contract, also of one's own data: the contract is what the record shows of the use."""

    code = "contract.missing"

    def __init__(self, purpose: str) -> None:
        super().__init__(
            _("The project has no active contract to use this version for %(purpose)s.") % {"purpose": purpose},
            hint=_("Agree to its policy on the version's page; where the policy says so, a data steward approves it."),
        )


class PurposeRefused(Refusal):
    """The policy of the data set does not allow this use; each reason is a sentence."""

    code = "contract.refused"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons), hint=_("Ask the data's stewards for another policy."))


class ContractDecided(Refusal):
    """An approval or a refusal is given once."""

    code = "contract.decided"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This contract is in the state “%(state)s”; there is nothing to decide.")
            % {"state": state_word(state).text},
            hint=_("Agree to a new one where it is needed."),
        )


class SplitMissing(Invalid):
    """The version has no files in the part that was asked for."""

    code = "dataset.split_missing"

    def __init__(self, split: str, known: Sequence[str]) -> None:
        super().__init__(
            _("This version has no part called “%(split)s”.") % {"split": split},
            hint=_("It has: %(known)s.") % {"known": ", ".join(known)},
            fields={"split": split},
        )
