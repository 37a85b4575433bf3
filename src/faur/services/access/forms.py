"""The forms of the front office's pages."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faur.kernel.units import HOUR, Unit
from faur.portal.quantities import number
from faur.portal.schema_forms import SchemaForm
from faur.services.access import rules
from faur.services.access.actions.open_call import Invitation
from faur.services.access.models import Application, Assessment, Call
from faur.services.access.modes import Mode, modes
from faur.services.access.wishes import LARGEST, Wish
from faur.services.projects.public import Organisation, Pool

MOST_HOURS = LARGEST // HOUR
LONGEST_TERMS, LONGEST_SUMMARY, LONGEST_REASON = 50_000, 5000, 10_000
UNIT_WORDS = {
    Unit.CORE_SECONDS.value: gettext_lazy("core hours"),
    Unit.GPU_SECONDS.value: gettext_lazy("GPU hours"),
}


NOTHING = ("", gettext_lazy("Choose one"))


class Form(forms.Form):
    """A form whose errors come from the server alone, in plain words, in the language of the page."""

    use_required_attribute = False


class Moment(forms.DateTimeField):
    """A day and a time, chosen from the browser's calendar, in the time zone of the site."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")


class CallForm(Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    mode = forms.ChoiceField(
        label=gettext_lazy("Access mode"),
        help_text=gettext_lazy("It decides who may apply, for how long, and what the form asks."),
    )
    pool = forms.ChoiceField(label=gettext_lazy("Pool"), help_text=gettext_lazy("Awards are made out of it."))
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("For whom it is, and what they get, in a few sentences."),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    terms = forms.CharField(
        label=gettext_lazy("Terms"),
        help_text=gettext_lazy("Every applicant agrees to this very text; it cannot be changed once the call is open."),
        max_length=LONGEST_TERMS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    opens_at = Moment(label=gettext_lazy("Opens"))
    closes_at = Moment(label=gettext_lazy("Closes"))
    hours = forms.IntegerField(
        label=gettext_lazy("Most that one may ask for"),
        help_text=gettext_lazy("In hours of the pool's unit. Leave it empty for no limit of your own."),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
    )
    hours.unit = gettext_lazy("hours")  # type: ignore[attr-defined]  # what c-field shows beside it

    def __init__(self, data: Mapping[str, Any] | None, pools: Sequence[Pool], **options: Any) -> None:  # Any: Django's
        super().__init__(data, **options)
        self.fields["mode"].choices = [NOTHING, *((mode.id, mode.title) for mode in modes().values())]  # type: ignore[attr-defined]  # of a ChoiceField
        self.fields["pool"].choices = [(pool.uid, pool.title) for pool in pools]  # type: ignore[attr-defined]  # of a ChoiceField

    def invitation(self) -> Invitation:
        """What a valid form says; hours become whole seconds."""
        given = self.cleaned_data
        hours = given["hours"]
        return Invitation(
            title=given["title"],
            mode=given["mode"],
            summary=given["summary"],
            terms=given["terms"],
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            max_amount=None if hours is None else hours * HOUR,
        )


class WishForm(Form):
    """What every application says, whatever its mode asks besides."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Your project will have this name; it is public if you are awarded."),
        max_length=200,
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    hours = forms.IntegerField(label=gettext_lazy("Computing time"), min_value=1)
    months = forms.TypedChoiceField(label=gettext_lazy("For how long"), coerce=int)

    def __init__(
        self,
        data: Mapping[str, Any] | None,  # Any: a QueryDict, whose values Django leaves open
        call: Call,
        organisations: Sequence[Organisation],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choices: dict[str, list[tuple[object, str]]] = {
            "organisation": [(one.uid, one.name) for one in organisations],
            "months": [(months, _months(months)) for months in call.mode.terms.months],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # of a ChoiceField
        most = max(1, (call.limit or LARGEST) // HOUR)
        self.fields["hours"] = forms.IntegerField(
            label=_("Computing time"),
            help_text="" if most == MOST_HOURS else _("At most %(hours)s.") % {"hours": number(most)},
            min_value=1,
            max_value=most,
        )
        self.fields["hours"].unit = UNIT_WORDS[call.pool.unit]  # type: ignore[attr-defined]  # what c-field shows beside it
        self.order_fields(["title", "organisation", "hours", "months"])

    @staticmethod
    def said(application: Application) -> dict[str, object]:
        """What a draft says already."""
        return {
            "title": application.title,
            "organisation": application.organisation.uid,
            "hours": application.amount // HOUR,
            "months": application.months,
        }

    def wish(self, answers: Mapping[str, object], before: int = 0) -> Wish:
        """What a valid form says; `before` is the amount so far, which stays to the second where its hours stay."""
        given = self.cleaned_data
        amount = before if given["hours"] == before // HOUR else given["hours"] * HOUR
        return Wish(given["title"], amount, given["months"], dict(answers))


class AnswersForm(SchemaForm):
    """The questions of a mode. A `draft` may leave questions open, and answers shorter than they must be in the end."""

    def __init__(
        self,
        mode: Mode,
        data: Mapping[str, Any] | None,  # Any: a QueryDict, whose values Django leaves open
        initial: Mapping[str, object] | None = None,
        *,
        draft: bool = False,
    ) -> None:
        super().__init__(mode.form, data, initial, prefix="answers")
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
                field.choices = [NOTHING, *cast("list[tuple[str, str]]", field.choices)]
        self.draft = draft
        if draft:
            self.schema = rules.draft_form(mode.form)

    @property
    def values(self) -> dict[str, object]:
        """The typed answers; in a draft a box that was not ticked is a question left open, not a no."""
        given = super().values
        return {name: value for name, value in given.items() if value is not False} if self.draft else given

    def add_error(self, field: str | None, error: Any) -> None:  # Any: the many shapes that Django takes
        if self.draft and getattr(error, "code", "") == "required":
            return
        super().add_error(field, error)


class ConsentForm(Form):
    consent = forms.BooleanField(
        label=gettext_lazy("I have read the terms and agree to them in the name of the organisation."),
        error_messages={"required": gettext_lazy("Without agreeing to the terms, nothing can be handed in.")},
    )


class AssessmentForm(Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Can it be done with what was asked for?"),
        choices=[
            (Assessment.Result.PASS.value, gettext_lazy("Yes, it can be done")),
            (Assessment.Result.FAIL.value, gettext_lazy("No, it cannot be done")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the options.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The applicant reads this, without your name."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AwardForm(Form):
    """All that was asked for, unless an operator writes less."""

    hours = forms.IntegerField(label=gettext_lazy("Award less"), min_value=1, required=False)

    def __init__(self, data: Mapping[str, Any] | None, application: Application) -> None:  # Any: as above
        super().__init__(data)
        self.fields["hours"].help_text = _("Leave it empty to award all that was asked for.")
        self.fields["hours"].unit = UNIT_WORDS[application.call.pool.unit]  # type: ignore[attr-defined]  # what c-field shows beside it

    @property
    def amount(self) -> int | None:
        """In seconds of the pool's unit; None for all that was asked for."""
        hours = self.cleaned_data["hours"]
        return None if hours is None else hours * HOUR


class ReasonForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The applicant reads this."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _months(months: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
