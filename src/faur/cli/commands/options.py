"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Option("--file", "-f", help="YAML or JSON with the fields; - is standard input.")]
Project = Annotated[str, typer.Option("--project", "-p", help="The project; needless if you have one only.")]
InProject = Annotated[str, typer.Option("--project", "-p", help="Of this project only.")]
Allocation = Annotated[str, typer.Option(help="What pays for it; needless if the project has one only.")]
Search = Annotated[str, typer.Option(help="With these words in it.")]
State = Annotated[str, typer.Option(help="In this state only.")]
Folder = Annotated[Path, typer.Option("--to", help="The folder to write into.")]
Reason = Annotated[str, typer.Argument(help="Why; it goes into the record.")]
Wait = Annotated[bool, typer.Option(help="Wait for the end; its outcome is the exit status.")]
Follow = Annotated[bool, typer.Option("--follow", help="Show the log to the end; how it ends is the exit status.")]
