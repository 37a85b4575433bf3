"""What must hold of a home after the fire, compared with a road that nobody shot at."""

from typing import Any

MADE_ONCE = (
    "projects.Project",
    "access.Application",
    "data.DatasetVersion",
    "training.Run",
    "models.ModelVersion",
    "trust.Evaluation",
    "trust.TechnicalFile",
    "serving.Endpoint",
)
SAME = ("metrics", "verdict", "tiers", "eligibility", "prediction")


def faults(roads: list[dict[str, Any]], found: dict[str, Any], quiet: dict[str, Any]) -> list[str]:
    """Every way in which the fire left a trace; nothing where all is well. `quiet`: the summary of an unharmed walk."""
    said = [f"ledger: {problem}" for problem in found["ledger"]]
    said += [f"record: {entry} does not follow" for entry in found["record"]]
    said += [f"{uid} never ended" for uid in found["jobs_not_ended"]]
    said += [f"{uid} has {count} jobs" for uid, count in found["jobs_a_project"].items() if count != 2]
    said += [f"{name}: {found['rows'][name]}" for name in MADE_ONCE if found["rows"][name] != len(roads)]
    for number, road in enumerate(roads, start=1):
        said += [f"road {number}: {name} differs" for name in SAME if road[name] != quiet[name]]
        if road["ledger"]["held"]:
            said.append(f"road {number}: {road['ledger']['held']} still held")
    return said
