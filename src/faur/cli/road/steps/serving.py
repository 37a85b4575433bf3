"""The promoted version answers over the network, with a key, in a standard protocol."""

from faur.cli.client import Api, Json
from faur.cli.road.data import one_sample
from faur.cli.road.road import Road

ROUNDING = 1e-4
"""Of probabilities in single precision."""


def serve(road: Road) -> None:
    name = "second-reader" if road.journal.number == 1 else f"second-reader-{road.journal.number}"
    body = {"project": road.made["project"], "name": name, "model_version": road.made["model_version"]}
    opened = road.make("engineer", "endpoint", "/endpoints", body)
    road.wait("engineer", f"/endpoints/{opened['id']}", until={"ready"})
    key = road.make("engineer", "key", f"/endpoints/{opened['id']}/keys", {"name": "demo", "days": 30})
    road.facts["endpoint"] = {"name": name, "url": f"{road.url}/v2/models/{name}", "key": key["secret"]}
    road.facts["prediction"] = _ask(road)


def _ask(road: Road) -> Json:
    features = [feature["name"] for feature in road.facts["signature"]["features"]]
    endpoint = road.facts["endpoint"]
    request = one_sample(road.home / "demo" / "test.parquet", features, "FP32")
    answer = Api(road.url, endpoint["key"]).post(f"/v2/models/{endpoint['name']}/infer", request)
    prediction = {output["name"]: output["data"] for output in answer["outputs"]}
    total = sum(prediction["probabilities"])
    road.expect(abs(total - 1) < ROUNDING, f"The probabilities of the prediction sum to {total}.")
    road.expect(prediction["label"][0] in road.facts["signature"]["classes"], "The prediction is none of the classes.")
    return prediction
