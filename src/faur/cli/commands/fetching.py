"""Files that the factory gives out by signed links, written into a folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from faur.cli.client import Api
from faur.cli.output import form, progress, show_list, tell
from faur.cli.refusal import Refused
from faur.cli.transfer import download, inside


def fetch_files(api: Api, files: Iterable[dict[str, Any]], folder: Path) -> None:  # Any: files of the API
    """Write each under its path in the folder, and say where. Raises Refused."""
    for file in files:
        if not file.get("link"):
            raise Refused.because(
                "forbidden", "You may see what there is, but not read it.", "Agree to a contract first."
            )
        fetch_one(api, file["link"], inside(folder, file["path"]), size=file["size"])


def fetch_one(api: Api, link: str, target: Path, *, size: int | None = None) -> None:
    """Write what a link stands for, and say where. Raises Refused."""
    with progress(target.name, size) as seen:
        download(api, link, target, seen=seen)
    if form.as_json:
        show_list([{"path": str(target), "size": target.stat().st_size}], ["path"])
    else:
        tell(str(target))
