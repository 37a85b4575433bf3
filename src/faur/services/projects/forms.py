"""The forms of projects' pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.models import User
from faur.kernel.errors import Refusal
from faur.kernel.ledger.models import LARGEST_AMOUNT
from faur.kernel.units import HOUR, Unit
from faur.services.projects import countries
from faur.services.projects.actions.issue_token import DAYS, MOST_DAYS
from faur.services.projects.actions.open_pool import PoolFacts
from faur.services.projects.actions.register_organisation import OrganisationFacts, StakeFacts
from faur.services.projects.models import ENTERPRISES, Kind
from faur.services.projects.sign_in import known_by_password

MOST_HOURS = LARGEST_AMOUNT // HOUR
MOST_EUROS, MOST_STAFF = 10**14, 10**8
MOST_STAKES = 20


class Form(forms.Form):
    """A form whose errors come from the server alone, in plain words, in the language of the page."""

    use_required_attribute = False


class Day(forms.DateField):
    """A day, chosen from the browser's calendar, written and read as the standard does."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)


class LoginForm(Form):
    """In place of Django's own: it knows people by e-mail address, and counts what fails."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:  # Any: Django's own options
        super().__init__(*args, **options)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:  # Any: the values of fields
        given = self.cleaned_data
        if {"email", "password"} <= given.keys():
            try:
                self.user = known_by_password(given["email"], given["password"], self.request)
            except Refusal as refusal:
                raise forms.ValidationError(f"{refusal.message} {refusal.hint}", code=refusal.code) from refusal
        return given

    def get_user(self) -> User | None:
        """What Django's login view asks for."""
        return self.user


class ProfileForm(Form):
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RegistrationForm(ProfileForm):
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: Django's own options
        super().__init__(*args, **options)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
        self.initial.setdefault("language", get_language())
        self.order_fields(["name", "email", "language", "password", "again"])

    def clean(self) -> dict[str, Any]:  # Any: the values of fields
        given = self.cleaned_data
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", _("This is not the same password."))
        return given


class TokenForm(Form):
    name = forms.CharField(label=_("Name"), help_text=_("For what it is: “laptop”, “nightly runs”."), max_length=100)
    days = forms.IntegerField(label=_("Valid for"), initial=DAYS, min_value=1, max_value=MOST_DAYS)
    days.unit = _("days")  # type: ignore[attr-defined]  # what c-field shows beside it


class MemberForm(Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They need an account here first."))
    role = forms.ChoiceField(
        label=_("Role"),
        help_text=_("Leads choose the members; members run and serve; stewards look after the data."),
        choices=[("member", _("member")), ("steward", _("data steward")), ("lead", _("lead"))],
    )


class AppointmentForm(Form):
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        help_text=_("Operators run the factory; evaluators assess applications; auditors read everything."),
        choices=[("evaluator", _("evaluator")), ("auditor", _("auditor")), ("operator", _("operator"))],
    )


class OrganisationForm(Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    country = forms.ChoiceField(label=_("Country"), initial="RO", help_text=_("Where it is established."))
    legal_form = forms.CharField(label=_("Legal form"), max_length=60, required=False)
    vat = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    registration_number = forms.CharField(label=_("Registration number"), max_length=40, required=False)
    head_office_in_europe = forms.BooleanField(label=_("Its head office is in Europe"), initial=True, required=False)
    accounts_on = Day(label=_("Closing date of the accounts"), required=False)
    staff = forms.IntegerField(
        label=_("Staff"),
        help_text=_("Annual work units: a person for half of the year is a half; round up."),
        min_value=0,
        max_value=MOST_STAFF,
        required=False,
    )
    turnover_eur = forms.IntegerField(label=_("Turnover"), min_value=0, max_value=MOST_EUROS, required=False)
    balance_sheet_eur = forms.IntegerField(
        label=_("Balance sheet total"), min_value=0, max_value=MOST_EUROS, required=False
    )
    turnover_eur.unit = balance_sheet_eur.unit = "EUR"  # type: ignore[attr-defined]  # what c-field shows beside it
    public_control = forms.BooleanField(
        label=_("Public bodies control a quarter of it or more"),
        help_text=_("Then it is no SME (art. 3(4)). Universities and investors with their own rules are not meant."),
        required=False,
    )

    IDENTITY = (
        "name", "kind", "country", "legal_form", "vat", "registration_number", "head_office_in_europe",
    )  # fmt: skip

    FIGURES = ("staff", "turnover_eur", "balance_sheet_eur")

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: Django's own options
        super().__init__(*args, **options)
        self.fields["country"].choices = countries.choices()  # type: ignore[attr-defined]  # in the page's language
        kind = self.data.get(self.add_prefix("kind"), Kind.SME)
        for name in self.FIGURES:
            self.fields[name].required = kind in ENTERPRISES
            self.fields[name].error_messages["required"] = _("This is needed for an enterprise.")

    def identity_fields(self) -> list[forms.BoundField]:
        """Who it is."""
        return [self[name] for name in self.IDENTITY]

    def figure_fields(self) -> list[forms.BoundField]:
        """How large it is."""
        return [self[name] for name in self.fields if name not in self.IDENTITY]

    def facts(self, stakes: list[StakeFacts]) -> OrganisationFacts:
        """What a valid form says, with the holdings."""
        return OrganisationFacts(**self.cleaned_data, stakes=tuple(stakes))


class StakeForm(Form):
    """One holding. An empty one is none; a begun one is whole."""

    name = forms.CharField(label=_("Enterprise"), max_length=200)
    share_percent = forms.DecimalField(
        label=_("Share"), min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2
    )
    share_percent.unit = "%"  # type: ignore[attr-defined]  # what c-field shows beside it
    staff = forms.IntegerField(label=_("Staff"), min_value=0, max_value=MOST_STAFF)
    turnover_eur = forms.IntegerField(label=_("Turnover"), min_value=0, max_value=MOST_EUROS)
    balance_sheet_eur = forms.IntegerField(label=_("Balance sheet total"), min_value=0, max_value=MOST_EUROS)
    turnover_eur.unit = balance_sheet_eur.unit = "EUR"  # type: ignore[attr-defined]  # what c-field shows beside it


StakeFormSet = forms.formset_factory(StakeForm, extra=1, max_num=MOST_STAKES, validate_max=True)


def stakes_of(formset: forms.BaseFormSet[StakeForm]) -> list[StakeFacts]:
    """The holdings that were filled in."""
    return [StakeFacts(**form.cleaned_data) for form in formset.forms if form.cleaned_data]


class PoolForm(Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    cluster = forms.CharField(
        label=_("Cluster"), max_length=32, help_text=_("Its identifier, which stands on its page: cls_…")
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=[(Unit.CORE_SECONDS.value, _("core hours")), (Unit.GPU_SECONDS.value, _("GPU hours"))],
        help_text=_("GPU hours where the awards are for GPUs."),
    )
    hours = forms.IntegerField(label=_("Capacity"), min_value=1, max_value=MOST_HOURS)
    hours.unit = _("hours")  # type: ignore[attr-defined]  # what c-field shows beside it
    starts_on = Day(label=_("First day"), initial=clock.today)
    ends_on = Day(label=_("Last day"))

    def facts(self) -> PoolFacts:
        """What a valid form says; hours become the ledger's whole seconds."""
        given = self.cleaned_data
        return PoolFacts(
            title=given["title"],
            cluster=given["cluster"].strip(),
            unit=Unit(given["unit"]),
            capacity=given["hours"] * HOUR,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )
