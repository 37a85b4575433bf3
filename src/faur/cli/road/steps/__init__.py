"""The steps of the road, in order. Each may be repeated: what is done already is not done again."""

from collections.abc import Callable

from faur.cli.road.road import Road
from faur.cli.road.steps import access, data, evidence, serving, setting, training

Step = Callable[[Road], None]

STEPS: tuple[tuple[str, Step], ...] = (
    ("The operator opens the factory: cluster, pool, call", setting.open_the_factory),
    ("A small company registers and its engineer applies", access.apply),
    ("The application is assessed and awarded", access.award),
    ("A data set is published under a policy", data.publish),
    ("Quality thresholds are committed, before any training", training.commit_thresholds),
    ("The recipe runs as a job", training.run),
    ("The model is registered in a safe format", training.register),
    ("The model is evaluated on rows that training never saw", evidence.evaluate),
    ("Its intended use is classified under the AI Act", evidence.classify),
    ("The version is promoted", evidence.promote),
    ("It is served, and answers a prediction", serving.serve),
    ("The technical file is written from the record", evidence.write_technical_file),
    ("The evidence bundle is exported and verified", evidence.export_and_verify),
)
