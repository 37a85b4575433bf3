"""Jobs on the cluster: described in a file, watched, and their outputs fetched."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli import orders
from faur.cli.client import Api, at, connect
from faur.cli.commands.fetching import fetch_files
from faur.cli.commands.options import Allocation, File, Folder, Follow, InProject, Project, Search, State
from faur.cli.following import Follower, follow_log, show_to_the_end
from faur.cli.input import read_document, the_only
from faur.cli.nouns import Noun, add
from faur.cli.output import show, show_list, show_pages

jobs = Noun("Jobs on the cluster.")
PANEL = "The road"
Job = Annotated[str, typer.Argument(help="A job, or the run that it does.")]


@jobs.verb("list", paged=True)
def list_jobs(project: InProject = "", state: State = "", search: Search = "") -> None:
    """Your jobs, newest first."""
    columns = ["id", "title", "state", "used", "created_at"]
    show_pages(connect(), "/jobs", columns, project=project, state=state, search=search)


@jobs.verb("show")
def show_job(job: Job) -> None:
    """One job: its state and why, what it may use and did use."""
    api = connect()
    show(api.get(at("jobs", job_of(api, job))))


@jobs.verb("submit")
def submit(
    file: File,
    project: Project = "",
    allocation: Allocation = "",
    follow: Follow = False,
) -> None:
    """Submit a job of your own, described in PSI/J's words."""
    order = orders.job(read_document(file, orders.JOB))
    api = connect()
    place = the_only(api, "/projects", project or str(order.get("project", "")))
    paid = the_only(api, "/allocations", allocation or str(order.get("allocation", "")), project=place)
    job = api.post("/jobs", {**order, "project": place, "allocation": paid})
    show_to_the_end(api, at("jobs", job["id"]), job["id"]) if follow else show(job)


@jobs.verb("outputs")
def outputs(job: Job) -> None:
    """The files that a job left."""
    api = connect()
    show_list(api.get(at("jobs", job_of(api, job), "outputs"))["items"], ["path", "size", "media_type", "digest"])


@jobs.verb("fetch")
def fetch(job: Job, to: Folder = Path()) -> None:
    """Download the files that a job left; a download that broke off goes on."""
    api = connect()
    fetch_files(api, api.get(at("jobs", job_of(api, job), "outputs"))["items"], to)


@jobs.verb("cancel")
def cancel(job: Job) -> None:
    """End a job; it is charged for what it used."""
    api = connect()
    show(api.post(at("jobs", job_of(api, job), "cancel")))


def logs(
    job: Job,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until the job ends.")] = False,
) -> None:
    """What a job printed."""
    api = connect()
    job = job_of(api, job)
    if follow:
        follow_log(api, job)
    else:
        Follower(api, job).write_once()


def job_of(api: Api, given: str) -> str:
    """The job itself, where a run was named. Raises Refused."""
    return str(api.get(at("runs", given))["job"]) if given.startswith("run_") else given


def register(app: typer.Typer) -> None:
    add(app, "logs", panel=PANEL)(logs)
    app.add_typer(jobs, name="jobs", rich_help_panel=PANEL)
