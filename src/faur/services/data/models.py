"""Data sets, their versions by the digest of their bytes, and the contracts under which they are used."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.data.rules import Permission, Policy, Purpose, policy_of
from faur.services.projects.public import Project

Json = dict[str, Any]  # Any: JSON


class DatasetQuerySet(EntityQuerySet["Dataset"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's projects, and those shared with all who have an account; all for those who inspect."""
        if actor.sees_all:
            return self.all()
        if actor.is_anonymous:
            return self.none()
        return self.filter(Q(project__uid__in=actor.projects) | Q(is_shared=True))


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

    def describe(self, *, title: str, description: str, licence: str, sheet: Json, policy: Json) -> None:
        """Take over a new description; whether others may see it follows from the policy."""
        self.title, self.description, self.licence = title, description, licence
        self.sheet, self.policy = sheet, policy
        self.is_shared = Permission.SHARING in self.terms.permissions


class DatasetVersionQuerySet(EntityQuerySet["DatasetVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(dataset__in=Dataset.objects.visible_to(actor))

    def with_dataset(self) -> Self:
        return self.select_related("dataset__project")


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
        return self.select_related("project", "version__dataset__project")


class Contract(Entity):
    """One project uses one version for one purpose, under the policy whose digest it agreed to."""

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        ACTIVE = "active", _("active")
        DECLINED = "declined", _("declined")

    uid = UidField("con")
    page = "contract"
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="contracts")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="contracts")
    purpose = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Purpose])
    state = models.CharField(max_length=10, choices=State.choices)
    policy_digest = models.CharField(max_length=80)
    agreed_by = models.CharField(max_length=32)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "project", "purpose"], condition=~Q(state="declined"), name="one_contract_a_purpose"
            )
        ]

    @property
    def title(self) -> str:
        return f"{self.version.dataset.title} {self.version.number}: {self.purpose}"
