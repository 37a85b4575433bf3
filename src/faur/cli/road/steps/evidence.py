"""What the factory can show for the model: evaluation, risk class, technical file, bundle."""

import subprocess
import sys
from pathlib import Path

from faur.cli.client import Json
from faur.cli.commands.verify import VERIFIER
from faur.cli.refusal import Refused
from faur.cli.road.road import Road, told
from faur.cli.transfer import download

BEGINNINGS = {"html": b"<!doctype html", "pdf": b"%PDF-", "docx": b"PK\x03\x04", "json": b"{"}
"""The formats of the technical file, and how a file of each begins."""
EVALUATION_SECONDS = 600.0
VERIFIED, REFUSED = 0, 1


def evaluate(road: Road) -> None:
    body = {name: road.made[name] for name in ("model_version", "dataset_version", "thresholds", "allocation")}
    started = road.make("engineer", "evaluation", "/evaluations", body)
    ended = road.wait("engineer", f"/evaluations/{started['id']}", until={"passed"}, at_most=EVALUATION_SECONDS)
    road.facts["verdict"] = ended["state"]
    road.expect(ended["committed_before_run"], "The thresholds do not stand before the run in the record.")


def classify(road: Road) -> None:
    model = road.made["model"]
    answer = road.make(
        "engineer", "classification", "/classifications", {"model": model, "answers": told("classification")}
    )
    road.facts["tiers"] = answer["tiers"]
    road.expect("high_risk" in answer["tiers"], f"A medical device is {', '.join(answer['tiers'])}, not high risk.")
    for item, text in told("declarations").items():
        road.post("engineer", "/declarations", {"model": model, "item": item, "text": text}, name=f"declare {item}")


def promote(road: Road) -> None:
    path = f"/model-versions/{road.made['model_version']}/promote"
    reason = {"reason": "All committed thresholds were met on rows that training never saw."}
    promoted = road.post("engineer", path, reason)
    road.expect(promoted["state"] == "promoted", f"The version is {promoted['state']}, not promoted.")


def write_technical_file(road: Road) -> None:
    body = {"model_version": road.made["model_version"]}
    started = road.make("engineer", "technical_file", "/technical-files", body)
    path = f"/technical-files/{started['id']}"
    ended = road.wait("engineer", path, until={"ready"})
    road.facts["coverage"] = ended["coverage"]
    road.facts["technical_file"] = {kind: str(_fetched(road, ended["links"], kind)) for kind in BEGINNINGS}


def export_and_verify(road: Road) -> None:
    started = road.make("engineer", "bundle", "/bundles", {"project": road.made["project"]})
    ended = road.wait("engineer", f"/bundles/{started['id']}", until={"ready"})
    bundle = road.home / "evidence.zip"
    download(road.api("engineer"), ended["link"], bundle)
    road.facts["bundle"] = str(bundle)
    road.facts["record_key"] = road.api("engineer").get("/record/key")["id"]
    road.facts["verified"] = _verify(bundle, road.facts["record_key"], expect=VERIFIED)
    road.say("verified; now one byte of a copy is changed")
    road.facts["tampered"] = _verify(_with_one_byte_changed(road, bundle), road.facts["record_key"], expect=REFUSED)
    road.expect(
        f"{road.made['project']}#" in road.facts["tampered"], "`faur verify` names no entry of the changed copy."
    )


def _fetched(road: Road, links: Json, kind: str) -> Path:
    target = road.home / f"technical-file.{kind}"
    download(road.api("engineer"), links[kind], target)
    beginning = target.read_bytes()[:100].lstrip()
    road.expect(beginning.lower().startswith(BEGINNINGS[kind].lower()), f"{target} is no {kind.upper()} file.")
    return target


def _verify(bundle: Path, key: str, *, expect: int) -> str:
    """What `faur verify` prints about the bundle. Raises Refused when it does not end as it must."""
    ended = subprocess.run(
        [sys.executable, str(VERIFIER), str(bundle), "--key", key], capture_output=True, text=True, check=False
    )
    said = (ended.stdout + ended.stderr).strip()
    if ended.returncode != expect:
        raise Refused.because("road.verify", f"`faur verify` ended with {ended.returncode}.", said)
    return said


def _with_one_byte_changed(road: Road, bundle: Path) -> Path:
    """A copy in which the entry of the accepted data says something else: one letter of its verb."""
    copy = bundle.with_name("evidence-changed.zip")
    content = bytearray(bundle.read_bytes())
    place = content.find(b"data.accept_version")
    road.expect(place > 0, "The bundle says nothing of the accepted data.")
    content[place] ^= 1
    copy.write_bytes(content)
    return copy
