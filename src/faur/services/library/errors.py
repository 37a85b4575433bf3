"""What the library refuses."""

from collections.abc import Mapping
from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Refusal


class RecipeInvalid(Refusal):
    """A folder does not hold a recipe in the format of `recipe.schema.json`."""

    code = "recipe.invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, name: str, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("The recipe %(name)s cannot be used: %(count)s places in recipe.toml are not right.")
            % {"name": name, "count": len(fields)},
            hint=_("Mend the places named."),
            fields=fields,
        )


class ParametersInvalid(Refusal):
    """The parameters given for a recipe do not fit it; `fields` says of each what is wrong."""

    code = "recipe.parameters_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("These parameters do not fit the recipe: %(names)s.") % {"names": ", ".join(fields)},
            hint=_("Change the fields named, and try again."),
            fields=fields,
        )
