"""Turns a catalogue of action types (JSON, its path is the only argument) into the lines of catalogue.facts.

The catalogue in the code is written by hand; these lines are what it is compared with. Descriptions are left out:
each side words its own. Run it when the catalogue of the service has changed:

    python3 tests/catalogue_facts.py <catalogue.json> > tests/catalogue.facts
"""

import json
import sys

# How the reference describes output variables that have no fixed names, and what the code calls it.
OWN_VARIABLES = {
    "exported environment variables of the build": "ExportedByBuild",
    "the names listed in the action's outputVariables field": "Declared",
    "the stack's Outputs": "StackOutputs",
    "outputVariables of PutJobSuccessResult": "JobResult",
}
BOOLEAN = ["true", "false"]


def own_variables(text):
    for words, name in OWN_VARIABLES.items():
        if words in text:
            return name
    raise SystemExit(f"unknown set of output variables: {text}")


def seconds(label, low, high):
    return f"  seconds {label}{low}-{high}"


def properties(entries):
    for entry in entries:
        words = ["  property", entry["name"], entry["type"]]
        for flag in ("required", "secret", "key", "queryable"):
            if entry[flag]:
                words.append(flag)
        if "requiredWhen" in entry:
            words.append("conditional")
        if "default" in entry:
            words.append("default=" + entry["default"])
        if "allowedValues" in entry:
            words.append("one-of=" + ",".join(entry["allowedValues"]))
        yield " ".join(words)


def action(entry):
    # Templates for custom types are no part of what the service ships with.
    if "not built in" in entry["status"]:
        return
    yield "action {category}/{owner}/{provider}/{version}".format(**entry)
    inputs, outputs = entry["inputArtifacts"], entry["outputArtifacts"]
    yield f"  artifacts in {inputs['min']}-{inputs['max']} out {outputs['min']}-{outputs['max']}"
    flags = {
        "v2-only": entry["v2Only"],
        "unlisted": "absent from the account dump" in entry["status"],
        "open-configuration": entry["owner"] == "ThirdParty" and not entry["configurationProperties"],
        "action-role": entry["actionRoleSupported"],
        "cross-region": entry["supportsCrossRegion"],
        "cross-region-unknown": entry["supportsCrossRegion"] is None,
    }
    yield "  flags" + "".join(" " + name for name, is_set in flags.items() if is_set)
    yield f"  minutes {entry['defaultTimeoutMinutes']}"
    duration = entry["simulatedDurationSeconds"]
    yield seconds("", duration["min"], duration["max"])
    for mode, (low, high) in sorted(entry.get("durationByMode", {}).items()):
        yield seconds(f"ActionMode={mode} ", low, high)
    for revision in sorted(entry.get("revisionTypes", [])):
        yield f"  revision {revision}"
    for variable in sorted(entry["outputVariables"]):
        yield "  variable " + ("*" + own_variables(variable) if variable.startswith("*") else variable)
    for change, variables in sorted(entry.get("outputVariablesByTrigger", {}).items()):
        for variable in sorted(variables):
            yield f"  variable-of {change} {variable}"
    declares = entry.get("declarationFields", {})
    if "commands" in declares:
        assert {"outputVariables", "outputArtifacts[].files"} <= set(declares)
        yield "  declares commands"
    if "environmentVariables" in declares:
        secrets = "SECRETS_MANAGER" in declares["environmentVariables"]
        yield "  declares environmentVariables" + (" with secrets" if secrets else "")
    yield from properties(entry["configurationProperties"])


def rule(entry):
    yield "rule {category}/{owner}/{provider}/{version}".format(**entry)
    inputs = entry["inputArtifacts"]
    yield f"  artifacts in {inputs['min']}-{inputs['max']}"
    yield "  flags" + (" skip" if entry["allowedWithSkipResult"] else "") + (" v2-only" if entry["v2Only"] else "")
    duration = entry["simulatedDurationSeconds"]
    yield seconds("", duration["min"], duration["max"])
    if "commands" in entry.get("declarationFields", {}):
        yield "  declares commands"
    yield from properties(entry["configurationProperties"])


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        catalogue = json.load(source)
    blocks = [list(action(entry)) for entry in catalogue["actionTypes"]]
    blocks += [list(rule(entry)) for entry in catalogue["ruleTypes"]]
    for block in sorted(filter(None, blocks), key=lambda block: block[0]):
        print("\n".join(block))


main()
