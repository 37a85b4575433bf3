"""Every service has its place along the road, its rooms in order, and a front door that is kept."""

import tomllib
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
SERVICES = {f"faur.services.{service}" for service in settings.SERVICES}


def test_the_rooms_of_every_service_are_in_order():
    (inside,) = [contract["containers"] for contract in CONTRACTS if contract["name"].startswith("inside a service")]
    assert set(inside) == SERVICES


def test_every_service_is_reached_through_its_front_door():
    kept = {name for contract in CONTRACTS for name in contract.get("protected_modules", ())}
    assert kept == SERVICES


def test_every_service_has_its_place_along_the_road():
    (road,) = [contract for contract in CONTRACTS if contract.get("containers") == ["faur.services"]]
    assert road["exhaustive"]
    assert {name.strip() for layer in road["layers"] for name in layer.split("|")} == set(settings.SERVICES)
