"""What the factory can show for the model: evaluation, risk class, technical file, bundle."""

import shutil
import subprocess
import sys
from pathlib import Path

from faur.cli.commands.verify import VERIFIER
from faur.cli.refusal import Refused
from faur.cli.road.road import Road, told
from faur.cli.transfer import download

FORMATS = ("html", "pdf", "docx", "json")
EVALUATION_SECONDS = 600.0
VERIFIED, REFUSED = 0, 1


def evaluate(road: Road) -> None:
    body = {name: road.made[name] for name in ("model_version", "dataset_version", "thresholds", "allocation")}
    started = road.make("engineer", "evaluation", "/evaluations", body)
    ended = road.wait("engineer", f"/evaluations/{started['id']}", until={"passed"}, at_most=EVALUATION_SECONDS)
    road.facts["verdict"] = ended["state"]


def classify(road: Road) -> None:
    model = road.made["model"]
    answer = road.make(
        "engineer", "classification", "/classifications", {"model": model, "answers": told("classification")}
    )
    road.facts["tiers"] = answer["tiers"]
    road.say(", ".join(answer["tiers"]))
    for item, text in told("declarations").items():
        road.post("engineer", "/declarations", {"model": model, "item": item, "text": text}, name=f"declare {item}")


def promote(road: Road) -> None:
    path = f"/model-versions/{road.made['model_version']}/promote"
    road.post("engineer", path, {"reason": "All committed thresholds were met on rows that training never saw."})


def write_technical_file(road: Road) -> None:
    body = {"model_version": road.made["model_version"]}
    started = road.make("engineer", "technical_file", "/technical-files", body)
    path = f"/technical-files/{started['id']}"
    ended = road.wait("engineer", path, until={"ready"})
    road.facts["coverage"] = ended["coverage"]
    road.facts["technical_file"] = {kind: str(_fetched(road, path, kind)) for kind in FORMATS}


def export_and_verify(road: Road) -> None:
    started = road.make("engineer", "bundle", "/bundles", {"project": road.made["project"]})
    ended = road.wait("engineer", f"/bundles/{started['id']}", until={"ready"})
    bundle = road.home / "evidence.zip"
    download(road.api("engineer"), ended["link"], bundle)
    road.facts["bundle"] = str(bundle)
    road.facts["verified"] = _verify(bundle, expect=VERIFIED)
    road.say("verified; now one byte of a copy is changed")
    road.facts["tampered"] = _verify(_with_one_byte_changed(bundle), expect=REFUSED)


def _fetched(road: Road, path: str, kind: str) -> Path:
    target = road.home / f"technical-file.{kind}"
    download(road.api("engineer"), f"{path}/{kind}", target)
    return target


def _verify(bundle: Path, *, expect: int) -> str:
    """What `faur verify` prints about the bundle. Raises Refused when it does not end as it must."""
    ended = subprocess.run([sys.executable, str(VERIFIER), str(bundle)], capture_output=True, text=True, check=False)
    said = (ended.stdout + ended.stderr).strip()
    if ended.returncode != expect:
        raise Refused.because("road.verify", f"`faur verify` ended with {ended.returncode}.", said)
    return said


def _with_one_byte_changed(bundle: Path) -> Path:
    """A copy whose fifth recorded entry says something else: one letter of one claim."""
    copy = bundle.with_name("evidence-changed.zip")
    shutil.copyfile(bundle, copy)
    content = bytearray(copy.read_bytes())
    place = content.find(b"data.accept_version")
    content[place] ^= 1
    copy.write_bytes(content)
    return copy
