"""Data sets, their versions by the digest of their bytes, and the contracts under which they are used."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.data.rules import Permission, Policy, Purpose, in_force, policy_of
from faur.services.data.wording import purpose_word
from faur.services.projects.public import Project

Json = dict[str, Any]  # Any: JSON


class DatasetQuerySet(EntityQuerySet["Dataset"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's projects, those shared with all who have an account, and those used under a contract.

        All for those who inspect.
        """
        if actor.sees_all:
            return self.all()
        if actor.is_anonymous:
            return self.none()
        used = Contract.objects.filter(project__uid__in=actor.projects).values("version__dataset")
        return self.filter(Q(project__uid__in=actor.projects) | Q(is_shared=True) | Q(pk__in=used))


class Dataset(Entity):
    """What a project describes once and publishes in versions.

    `sheet` after "Datasheets for Datasets" (Gebru and others, 2018): motivation, composition, collection,
    preprocessing, uses, maintenance, origin, personal_data. `policy`: permissions, prohibitions, requires_approval,
    expires_on.
    """

    uid = UidField("dts")
    page = "dataset"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="datasets")
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    licence = models.CharField(_("licence"), max_length=100)
    sheet: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    policy: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False, editable=False)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "name"], name="dataset_name_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def terms(self) -> Policy:
        return policy_of(self.policy)

    def lock(self) -> None:
        """Hold the row until the transaction ends, and know it as it is now."""
        fields = ["title", "description", "licence", "sheet", "policy", "is_shared"]
        self.refresh_from_db(fields=fields, from_queryset=Dataset.objects.select_for_update())

    def describe(self, *, title: str, description: str, licence: str, sheet: Json, policy: Json) -> None:
        """Take over a new description; whether others may see it follows from the policy."""
        self.title, self.description, self.licence = title, description, licence
        self.sheet, self.policy = sheet, policy
        self.is_shared = Permission.SHARING in self.terms.permissions


class DatasetVersionQuerySet(EntityQuerySet["DatasetVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """All of one's own data sets; of those that are shared what was published, and what one has a contract on."""
        if actor.sees_all:
            return self.all()
        if actor.is_anonymous:
            return self.none()
        own = Q(dataset__project__uid__in=actor.projects)
        shared = Q(dataset__is_shared=True, state=DatasetVersion.State.PUBLISHED)
        used = Contract.objects.filter(project__uid__in=actor.projects).values("version")
        return self.filter(own | shared | Q(pk__in=used))

    def with_dataset(self) -> Self:
        return self.select_related("dataset__project")

    def in_short(self) -> Self:
        """Without what was found in the files, which may be long."""
        return self.defer("files", "profile")


class DatasetVersion(Entity):
    """The bytes of a data set at one time. `files`: path, split, digest, size (bytes), media_type of each.

    `profile` says what was found in each file: rows, and of each column its type, missing values, range and values.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("checking")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("refused")

    uid = UidField("dsv")
    page = "dataset-version"
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    manifest = models.CharField(max_length=80, db_index=True)
    files = models.JSONField(default=list)
    profile = models.JSONField(default=list)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = DatasetVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dataset", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.dataset.title} {self.number}"

    @property
    def title(self) -> str:
        return f"{self.dataset.title} {self.number}"

    @property
    def digest(self) -> str:
        return self.manifest

    def lock(self) -> None:
        """Hold the row until the transaction ends, and know its state as it is now."""
        self.refresh_from_db(fields=["state"], from_queryset=DatasetVersion.objects.select_for_update())

    @property
    def splits(self) -> list[str]:
        """The names of its parts, in the order of its files."""
        return list(dict.fromkeys(str(file["split"]) for file in self.files))


class ContractQuerySet(EntityQuerySet["Contract"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the project that uses the data and of the project whose data it is."""
        if actor.sees_all:
            return self.all()
        mine = Q(project__uid__in=actor.projects) | Q(version__dataset__project__uid__in=actor.projects)
        return self.filter(mine)

    def with_parties(self) -> Self:
        """With both projects, and without what was found in the files."""
        long = ("version__files", "version__profile")
        return self.select_related("project", "version__dataset__project").defer(*long)

    def in_force(self, on: date) -> Self:
        """Those that allow their purpose on that day; as `rules.in_force`."""
        lasts = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        return self.filter(lasts, state=Contract.State.ACTIVE)

    def not_over(self) -> Self:
        """The one that there may be for a version, a project and a purpose."""
        return self.filter(state__in=(Contract.State.PENDING, Contract.State.ACTIVE))


class Contract(Entity):
    """One project uses one version for one purpose, under the policy whose digest it agreed to, and until that ends."""

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        ACTIVE = "active", _("active")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("ended")

    uid = UidField("con")
    page = "contract"
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="contracts")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="contracts")
    purpose = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Purpose])
    state = models.CharField(max_length=10, choices=State.choices)
    policy_digest = models.CharField(max_length=80)
    ends_on = models.DateField(null=True)
    agreed_by = models.CharField(max_length=32)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "project", "purpose"],
                condition=Q(state__in=["pending", "active"]),
                name="one_contract_a_purpose",
            )
        ]

    @property
    def title(self) -> str:
        return f"{self.version.dataset.title} {self.version.number}: {self.purpose}"

    @property
    def purpose_word(self) -> str:
        return purpose_word(self.purpose)

    @property
    def stands(self) -> str:
        """Its state as it is today: one whose policy has ended is over, whatever was decided once."""
        over = self.state == Contract.State.ACTIVE and not in_force(self.state, self.ends_on, clock.today())
        return Contract.State.ENDED if over else self.state

    def lock(self) -> None:
        """Hold the row until the transaction ends, and know its state as it is now."""
        fields = ["state", "decided_by", "decided_at"]
        self.refresh_from_db(fields=fields, from_queryset=Contract.objects.select_for_update())
