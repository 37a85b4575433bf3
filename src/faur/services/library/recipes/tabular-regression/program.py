"""Trains a model that foretells a number, from a table. Run it with the four paths of `tabular_training.job`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    sys.path += [str(here), str(here.parent)]  # the shared folder is inside this one in a job, beside it in the library

    from tabular_training.job import run
    from tabular_training.training import regression, train

    run(lambda job: train(job, here / "recipe.toml", regression))
