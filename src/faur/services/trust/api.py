"""The REST routes of trust."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from ninja import Query, Status

from faur.kernel import clock
from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.models.public import model as model_for
from faur.services.models.public import version_for
from faur.services.projects.public import allocation_for, project_visible
from faur.services.trust import queries, questions
from faur.services.trust import schemas as s
from faur.services.trust.actions.classify_model import classify_model
from faur.services.trust.actions.commit_thresholds import commit_thresholds
from faur.services.trust.actions.declare_item import declare_item
from faur.services.trust.actions.export_evidence import export_evidence
from faur.services.trust.actions.start_evaluation import Test, start_evaluation
from faur.services.trust.actions.write_technical_file import ask_technical_file
from faur.services.trust.errors import NotWritten
from faur.services.trust.models import (
    Bundle,
    Declaration,
    Evaluation,
    RiskClassification,
    TechnicalFile,
    ThresholdSet,
)
from faur.services.trust.ports import DocumentFormat

router = make_router("trust")
CREATED = HTTPStatus.CREATED
Listed = dict[str, object]


@router.post("/thresholds", response=answers(s.CommittedOut, CREATED), operation_id="commit_thresholds")
def commit(request: Request, body: s.ThresholdsIn) -> Status[ThresholdSet]:
    project = project_visible(request.actor, body.project)
    return Status(CREATED, commit_thresholds(request.actor, project, promise=body.promise()))


@router.get("/thresholds", response=answers(Page[s.ThresholdsOut]), operation_id="list_thresholds")
def list_thresholds(request: Request, asked: Query[s.OfProject], paging: Query[Paging]) -> Listed:
    return page_of(queries.threshold_sets(request.actor, **asked.dict()), paging)


@router.get("/thresholds/{thresholds}", response=answers(s.CommittedOut), operation_id="get_thresholds")
def get_thresholds(request: Request, thresholds: str) -> ThresholdSet:
    return queries.threshold_set(request.actor, thresholds)


@router.post("/evaluations", response=answers(s.EvaluationOut, CREATED), operation_id="start_evaluation")
def start(request: Request, body: s.EvaluationIn) -> Status[Evaluation]:
    version = version_for(request.actor, body.model_version)
    thresholds = queries.threshold_set(request.actor, body.thresholds)
    test = Test(body.dataset_version, body.split, thresholds, allocation_for(request.actor, body.allocation))
    return Status(CREATED, start_evaluation(request.actor, version, test=test))


@router.get("/evaluations", response=answers(Page[s.EvaluationOut]), operation_id="list_evaluations")
def list_evaluations(request: Request, asked: Query[s.OfVersion], paging: Query[Paging]) -> Listed:
    return page_of(queries.evaluations(request.actor, **asked.dict()).in_brief(), paging)


@router.get("/evaluations/{evaluation}", response=answers(s.WholeEvaluation), operation_id="get_evaluation")
def get_evaluation(request: Request, evaluation: str) -> Evaluation:
    return queries.evaluation(request.actor, evaluation)


@router.get("/questionnaire", auth=None, response=answers(s.Questionnaire), operation_id="get_questionnaire")
def questionnaire(request: HttpRequest) -> Listed:
    return questions.questionnaire("en")


@router.post("/questionnaire/next", auth=None, response=answers(s.NextQuestion), operation_id="ask_next_question")
def ask_next(request: HttpRequest, body: s.AnswersIn) -> Listed:
    return questions.next_of(body.answers, "en")


@router.post("/classifications", response=answers(s.WholeClassification, CREATED), operation_id="classify_model")
def classify(request: Request, body: s.ClassificationIn) -> Status[RiskClassification]:
    model = model_for(request.actor, body.model)
    return Status(CREATED, classify_model(request.actor, model, answers=body.answers, on=clock.today()))


@router.get("/classifications", response=answers(Page[s.ClassificationOut]), operation_id="list_classifications")
def list_classifications(request: Request, asked: Query[s.OfModel], paging: Query[Paging]) -> Listed:
    return page_of(queries.classifications(request.actor, **asked.dict()), paging)


@router.get(
    "/classifications/{classification}", response=answers(s.WholeClassification), operation_id="get_classification"
)
def get_classification(request: Request, classification: str) -> RiskClassification:
    return queries.classification(request.actor, classification)


@router.post("/declarations", response=answers(s.DeclarationOut, CREATED), operation_id="declare_item")
def declare(request: Request, body: s.DeclarationIn) -> Status[Declaration]:
    model = model_for(request.actor, body.model)
    declared = declare_item(request.actor, model, item=body.item, text=body.text, excuses=body.excuses)
    return Status(CREATED, declared)


@router.get("/declarations", response=answers(Page[s.DeclarationOut]), operation_id="list_declarations")
def list_declarations(request: Request, asked: Query[s.OfModel], paging: Query[Paging]) -> Listed:
    return page_of(queries.declarations(request.actor, **asked.dict()), paging)


@router.post("/technical-files", response=answers(s.TechnicalFileOut, CREATED), operation_id="write_technical_file")
def write(request: Request, body: s.TechnicalFileIn) -> Status[TechnicalFile]:
    version = version_for(request.actor, body.model_version)
    return Status(CREATED, ask_technical_file(request.actor, version, language=body.language))


@router.get("/technical-files", response=answers(Page[s.TechnicalFileOut]), operation_id="list_technical_files")
def list_files(request: Request, asked: Query[s.OfVersion], paging: Query[Paging]) -> Listed:
    return page_of(queries.technical_files(request.actor, **asked.dict()), paging)


@router.get("/technical-files/{file}", response=answers(s.TechnicalFileOut), operation_id="get_technical_file")
def get_file(request: Request, file: str) -> TechnicalFile:
    return queries.technical_file(request.actor, file)


@router.get(
    "/technical-files/{file}/{kind}", response=answers(None, HTTPStatus.FOUND), operation_id="fetch_technical_file"
)
def fetch_file(request: Request, file: str, kind: DocumentFormat) -> HttpResponse:
    found = queries.technical_file(request.actor, file)
    if link := queries.file_link(found, kind):
        return HttpResponseRedirect(link)
    raise NotWritten(found.state)


@router.post("/bundles", response=answers(s.BundleOut, CREATED), operation_id="export_evidence")
def export(request: Request, body: s.BundleIn) -> Status[Bundle]:
    project = project_visible(request.actor, body.project)
    return Status(CREATED, export_evidence(request.actor, project))


@router.get("/bundles", response=answers(Page[s.BundleOut]), operation_id="list_bundles")
def list_bundles(request: Request, asked: Query[s.OfProject], paging: Query[Paging]) -> Listed:
    return page_of(queries.bundles(request.actor, **asked.dict()), paging)


@router.get("/bundles/{bundle}", response=answers(s.BundleOut), operation_id="get_bundle")
def get_bundle(request: Request, bundle: str) -> Bundle:
    return queries.bundle(request.actor, bundle)
