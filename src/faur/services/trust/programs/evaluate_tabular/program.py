"""Evaluates a tabular ONNX model on data kept apart. Run it with the four paths of `tabular_evaluation.job`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parent))  # an isolated interpreter does not add it by itself

    from tabular_evaluation.evaluation import evaluate
    from tabular_evaluation.job import run

    run(evaluate)
