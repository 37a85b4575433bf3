"""The demo's data: a real, small, public data set that scikit-learn carries, split once and for all."""

from pathlib import Path

SEED = 20260801
TEST_SHARE = 0.3
TARGET = "diagnosis"


def write_breast_cancer(folder: Path) -> dict[str, Path]:
    """Breast Cancer Wisconsin (569 rows, 30 features) as two Parquet files, `train` and `test`; always the same bytes.

    Stratified by diagnosis; the test rows are mounted by evaluations alone, never by training.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq
    from sklearn.datasets import load_breast_cancer
    from sklearn.model_selection import train_test_split

    data = load_breast_cancer()
    names = [str(name) for name in data.target_names]
    rows = range(len(data.target))
    train, test = train_test_split(rows, test_size=TEST_SHARE, random_state=SEED, stratify=data.target)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for split, chosen in (("train", sorted(train)), ("test", sorted(test))):
        columns = {str(name): data.data[chosen, at] for at, name in enumerate(data.feature_names)}
        columns[TARGET] = [names[data.target[row]] for row in chosen]
        paths[split] = folder / f"{split}.parquet"
        pq.write_table(pa.table(columns), paths[split])
    return paths


def one_sample(path: Path, features: list[str], dtype: str) -> dict[str, object]:
    """The first row of a Parquet file as a request of the Open Inference Protocol v2."""
    import pyarrow.parquet as pq

    row = pq.read_table(path, columns=features).slice(0, 1).to_pylist()[0]
    values = [float(row[name]) for name in features]
    return {"inputs": [{"name": "input", "shape": [1, len(values)], "datatype": dtype, "data": values}]}
