"""What the routes of trust take and answer."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from faur.kernel.shapes import Line, Text
from faur.services.trust import queries
from faur.services.trust.models import Bundle, Evaluation, RiskClassification, TechnicalFile, ThresholdSet
from faur.services.trust.promises import Promise

Json = dict[str, Any]  # Any: JSON


class ThresholdsIn(Schema):
    """`items`: metric, operator, value, and where wanted id and slice; `slices`: name, column, bins or categories."""

    project: Line
    title: Line = ""
    items: list[Json] = Field(max_length=200)
    slices: list[Json] = Field(default_factory=list, max_length=20)

    def promise(self) -> Promise:
        return Promise(self.title, self.items, self.slices)


class ThresholdsOut(Schema):
    id: str = Field(alias="uid")
    project: str = Field(alias="project.uid")
    title: str
    items: list[Json]
    slices: list[Json]
    digest: str
    created_at: datetime


class CommittedOut(ThresholdsOut):
    entry: str

    @staticmethod
    def resolve_entry(row: ThresholdSet) -> str:
        place = queries.committed_at(row)
        return f"{place[0]}#{place[1]}" if place else ""


class EvaluationIn(Schema):
    model_version: Line
    dataset_version: Line
    split: Annotated[Line, StringConstraints(max_length=40)] = "test"
    thresholds: Line
    allocation: Line


class EvaluationOut(Schema):
    id: str = Field(alias="uid")
    project: str = Field(alias="project.uid")
    model_version: str = Field(alias="model_version.uid")
    dataset_version: str = Field(alias="dataset_version.uid")
    split: str
    thresholds: str = Field(alias="thresholds.uid")
    job: str = Field(alias="job.uid")
    evaluator: str
    state: str
    message: str
    committed_before_run: bool
    created_at: datetime
    ended_at: datetime | None


class WholeEvaluation(EvaluationOut):
    """With what was measured, and what each threshold says to it; `code` where nothing could be measured."""

    code: str
    measured: list[Json]
    results: list[Json]

    @staticmethod
    def resolve_code(row: Evaluation) -> str:
        return queries.fault_code(row)

    @staticmethod
    def resolve_measured(row: Evaluation) -> list[Json]:
        return row.results

    @staticmethod
    def resolve_results(row: Evaluation) -> list[Json]:
        return [
            {
                "threshold": one["id"],
                "metric": one["metric"],
                "slice": one.get("slice", ""),
                "operator": one["operator"],
                "bound": one["value"],
                **one["observed"],
                "status": one["status"],
                "reason": one["reason"],
            }
            for one in row.judged
        ]


class ClassificationIn(Schema):
    """`answers` by question: yes, no, unknown, a choice, a list of choices, or a number. It holds for today."""

    model: Line
    answers: Json


class ClassificationOut(Schema):
    id: str = Field(alias="uid")
    project: str = Field(alias="project.uid")
    model: str = Field(alias="model.uid")
    on: date
    tiers: list[str]
    ruleset: str
    created_at: datetime


class WholeClassification(ClassificationOut):
    """With the answers, and the reasons, citations, duties and dates."""

    answers: Json
    explained: Json

    @staticmethod
    def resolve_explained(row: RiskClassification) -> Json:
        return queries.explained(row, "en")


class DeclarationIn(Schema):
    """`excuses`: the text says why the item does not apply."""

    model: Line
    item: Line
    text: Text = Field(max_length=20_000)
    excuses: bool = False


class DeclarationOut(Schema):
    id: str = Field(alias="uid")
    model: str = Field(alias="model.uid")
    item: str
    text: str
    excuses: bool
    created_at: datetime


class TechnicalFileIn(Schema):
    model_version: Line
    language: str = Field("en", pattern="^(en|ro|bg)$")


class TechnicalFileOut(Schema):
    id: str = Field(alias="uid")
    project: str = Field(alias="project.uid")
    model_version: str = Field(alias="model_version.uid")
    language: str
    state: str
    message: str
    document: str
    coverage: Json
    links: dict[str, str]
    created_at: datetime

    @staticmethod
    def resolve_links(row: TechnicalFile) -> dict[str, str]:
        return {kind: queries.file_link(row, kind) for kind in row.formats}


class BundleIn(Schema):
    project: Line


class BundleOut(Schema):
    id: str = Field(alias="uid")
    project: str = Field(alias="project.uid")
    state: str
    message: str
    digest: str
    size: int | None
    entries: int | None
    link: str
    created_at: datetime

    @staticmethod
    def resolve_link(row: Bundle) -> str:
        return queries.bundle_link(row)


class Question(Schema):
    id: str
    text: str
    hint: str
    type: str
    choices: list[Json]


class Questionnaire(Schema):
    """Every question of the rule set, in its order; which are asked depends on the answers."""

    ruleset: str
    questions: list[Question]


class AnswersIn(Schema):
    """Answers by question, as far as they were given."""

    answers: Json = Field(default_factory=dict)


class NextQuestion(Schema):
    """The question whose answer can matter next; none at the end."""

    question: Question | None


class OfProject(Schema):
    project: Line = ""


class OfVersion(OfProject):
    model_version: Line = ""


class OfModel(OfProject):
    model: Line = ""
