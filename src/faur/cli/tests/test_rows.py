"""A row written by its features becomes a request of the Open Inference Protocol."""

import pytest

from faur.cli.refusal import Misused
from faur.cli.rows import request_of

SIGNATURE = {
    "inputs": [
        {"name": "input", "datatype": "FP32", "shape": [-1, 2]},
        {"name": "colour", "datatype": "BYTES", "shape": [-1, 1]},
        {"name": "count", "datatype": "INT64", "shape": [-1]},
    ],
    "features": [
        {"name": "width", "input": "input", "index": 1},
        {"name": "height", "input": "input", "index": 0},
        {"name": "colour", "input": "colour", "index": 0},
        {"name": "count", "input": "count", "index": 0},
    ],
}
ROW = {"width": "2.5", "height": "1", "colour": "red", "count": "3"}


def test_each_input_gets_its_features_in_the_models_order():
    assert request_of(SIGNATURE, ROW) == {
        "inputs": [
            {"name": "input", "datatype": "FP32", "shape": [1, 2], "data": [1.0, 2.5]},
            {"name": "colour", "datatype": "BYTES", "shape": [1, 1], "data": ["red"]},
            {"name": "count", "datatype": "INT64", "shape": [1], "data": [3]},
        ]
    }


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        ({**ROW, "depth": "1"}, "depth", "no such feature"),
        ({name: value for name, value in ROW.items() if name != "width"}, "width", "missing"),
        ({**ROW, "width": "wide"}, "width", "no number"),
        ({**ROW, "count": "2.5"}, "count", "no number"),
    ],
)
def test_a_row_that_does_not_fit_names_the_feature(row, field, said):
    with pytest.raises(Misused) as refused:
        request_of(SIGNATURE, row)
    assert said in refused.value.document["fields"][field]
