"""YAML as people write it and as the API takes it: what JSON can say, and nothing else."""

import json
import re
from collections import Counter
from typing import Any

import yaml


def parse(text: str) -> object:
    """The JSON value that a YAML (1.2) or JSON document says. Raises ValueError: it says none."""
    try:
        document = yaml.load(text, Loader=_Reader)  # noqa: S506 - a SafeLoader
        json.dumps(document, allow_nan=False)
    except (yaml.YAMLError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return document


def written(document: object) -> str:
    """The document as YAML."""
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    return text


class _Reader(yaml.SafeLoader):
    """YAML 1.2 as JSON has it: dates and `no` stay text, and a field that stands twice is no field."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # Any: as YAML has it
        times = Counter(str(self.construct_object(key, deep=True)) for key, _value in node.value)
        if doubled := [name for name, count in times.items() if count > 1]:
            raise yaml.constructor.ConstructorError(
                None, None, f"{', '.join(doubled)} stands there twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


_OLDER = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
_Reader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _OLDER]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_TRUTH = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_Reader.add_implicit_resolver("tag:yaml.org,2002:bool", _TRUTH, list("tTfF"))
