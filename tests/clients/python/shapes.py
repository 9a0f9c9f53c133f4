"""Holds answers against the output shapes of botocore's model, which botocore itself does not: types, required members,
enumerations, patterns, lengths and ranges, and members that the model does not have."""

import json
import re
from datetime import datetime

# What the service answers although its model does not say so; the same as in src/model/corrections.rs.
FREE = {"MinimumArtifactCount", "MaximumArtifactCount", "ActionConfigurationPropertyList", "ActionTypeProperties"}


def problems(shape, value, path="answer", parsed=True):
    """What is wrong with a value, as sentences. `parsed` values have dates where bodies have numbers."""
    found = []
    _look(shape, value, path, parsed, found)
    return found


def _look(shape, value, path, parsed, found):
    kind = shape.type_name
    types = {
        "structure": dict,
        "map": dict,
        "list": list,
        "string": str,
        "integer": int,
        "boolean": bool,
        "timestamp": datetime if parsed else (int, float),
    }
    if not isinstance(value, types[kind]) or (isinstance(value, bool) and kind != "boolean"):
        found.append(f"{path} is no {kind}: {value!r}")
        return
    if shape.name not in FREE:
        _limits(shape, value, path, found)
    if kind == "structure":
        for name in shape.required_members:
            if name not in value:
                found.append(f"{path}.{name} is missing")
        for name, inner in value.items():
            if name in shape.members:
                _look(shape.members[name], inner, f"{path}.{name}", parsed, found)
            elif not (parsed and name == "ResponseMetadata" and path == "answer"):
                found.append(f"{path}.{name} is not in the model")
    elif kind == "map":
        for key, inner in value.items():
            _look(shape.key, key, f"{path} (key)", parsed, found)
            _look(shape.value, inner, f"{path}.{key}", parsed, found)
    elif kind == "list":
        for index, inner in enumerate(value):
            _look(shape.member, inner, f"{path}[{index}]", parsed, found)


def _limits(shape, value, path, found):
    limits = shape.metadata
    if "enum" in limits and value not in limits["enum"]:
        found.append(f"{path} is none of {limits['enum']}: {value!r}")
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        found.append(f"{path} does not look like {limits['pattern']}: {value!r}")
    if isinstance(value, (bool, datetime)):
        return
    size = value if isinstance(value, (int, float)) else len(value)
    if "min" in limits and size < limits["min"]:
        found.append(f"{path} is less than {limits['min']}: {value!r}")
    if "max" in limits and size > limits["max"]:
        found.append(f"{path} is more than {limits['max']}: {value!r}")


def watch(client):
    """Fails every call of a client whose answer does not fit, as it is sent and as botocore reads it."""

    def body(operation_model, response_dict, **_):
        if response_dict["status_code"] != 200:
            return
        text = response_dict["body"]
        shape = operation_model.output_shape
        if shape is None:
            if text:
                raise AssertionError(f"{operation_model.name} has no output and answered {text!r}")
            return
        _fail(operation_model, problems(shape, json.loads(text), parsed=False))

    def answer(model, parsed, **_):
        if parsed["ResponseMetadata"]["HTTPStatusCode"] == 200 and model.output_shape is not None:
            _fail(model, problems(model.output_shape, parsed))

    client.meta.events.register("before-parse.codepipeline", body)
    client.meta.events.register("after-call.codepipeline", answer)


def _fail(operation_model, found):
    if found:
        raise AssertionError(f"{operation_model.name}: " + "; ".join(found))
