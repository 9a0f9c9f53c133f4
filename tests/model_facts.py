"""Writes tests/model.facts: what AWS publishes about CodePipeline, one fact a line, sorted.

    python3 tests/model_facts.py                        from the botocore that is installed
    python3 tests/model_facts.py MODEL.json "botocore 1.43.11"
                                                        from a file, and the name of where it comes from

A file is botocore's service-2.json, with paginators-1.json beside it if there is one, or one JSON document with both
in it (key "pagination", references to shapes shortened to their names). The first line of the result names the source.

Left out, because nothing depends on it: documentation, examples, whether a number can be null in Java ("box"), and
the members of errors (every error is sent with a message, whether the model gives it one or not).
"""

import gzip
import json
import pathlib
import sys


def read(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def published():
    """The model, the pagination, and the name of the source."""
    if len(sys.argv) == 3:
        path, source = pathlib.Path(sys.argv[1]), sys.argv[2]
    elif len(sys.argv) == 1:
        import botocore

        folder = pathlib.Path(botocore.__file__).parent / "data/codepipeline/2015-07-09"
        path = next(folder.glob("service-2.json*"))
        source = f"botocore {botocore.__version__}"
    else:
        sys.exit(__doc__)
    model = read(path)
    if "pagination" in model:
        return model, model["pagination"], source
    beside = next(path.parent.glob("paginators-1.json*"), None)
    if beside is None:
        sys.exit(f"{path} has no pagination in it and no paginators-1.json beside it")
    return model, read(beside)["pagination"], source


def name_of(reference):
    return reference["shape"] if isinstance(reference, dict) else reference


def operation_facts(name, operation):
    for side in ("input", "output"):
        if side in operation:
            yield f"operation {name} {side} {name_of(operation[side])}"
    for error in operation.get("errors", []):
        yield f"operation {name} error {name_of(error)}"


def page_facts(name, page):
    for fact, key in (
        ("input", "input_token"),
        ("output", "output_token"),
        ("result", "result_key"),
        ("limit", "limit_key"),
    ):
        if key in page:
            yield f"operation {name} page {fact} {page[key]}"


def shape_facts(name, shape):
    if shape.get("exception"):
        yield f"error {name}"
        if "httpStatusCode" in shape.get("error", {}):
            yield f"error {name} status {shape['error']['httpStatusCode']}"
        return
    kind = "choice" if "enum" in shape else {"string": "text"}.get(shape["type"], shape["type"])
    yield f"shape {name} {kind}"
    for limit in ("min", "max", "pattern"):
        if limit in shape:
            yield f"shape {name} {limit} {shape[limit]}"
    if shape.get("sensitive"):
        yield f"shape {name} sensitive"
    for part in ("member", "key", "value"):
        if part in shape:
            yield f"shape {name} {part} {name_of(shape[part])}"
    for position, value in enumerate(shape.get("enum", []), 1):
        yield f"shape {name} choice {position:02} {value}"
    for position, (member, reference) in enumerate(shape.get("members", {}).items(), 1):
        yield f"shape {name} member {position:02} {member} {name_of(reference)}"
        if isinstance(reference, dict) and reference.get("idempotencyToken"):
            yield f"shape {name} token {member}"
    for member in shape.get("required", []):
        yield f"shape {name} required {member}"


def main():
    model, pagination, source = published()
    facts = set()
    for name, operation in model["operations"].items():
        facts.update(operation_facts(name, operation))
    for name, page in pagination.items():
        facts.update(page_facts(name, page))
    for name, shape in model["shapes"].items():
        facts.update(shape_facts(name, shape))
    target = pathlib.Path(__file__).with_name("model.facts")
    target.write_text("\n".join([f"source {source}", *sorted(facts)]) + "\n", encoding="utf-8", newline="\n")


main()
