#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates Kubernetes objects: validate_objects.py CRD.yaml OBJECT.yaml...

Keys that the schema does not know are errors too: a cluster drops them silently.
"""
import sys

import jsonschema
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is in C, and quick


def strict(schema):
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(part) for key, part in schema.items()}
    free = schema.get("x-kubernetes-preserve-unknown-fields")
    if isinstance(schema.get("properties"), dict) and not free and "additionalProperties" not in schema:
        result["additionalProperties"] = False
    return result


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        definition = yaml.load(file, LOADER)["spec"]
    version = definition["versions"][0]
    schema = strict(version["schema"]["openAPIV3Schema"])
    schema["properties"]["metadata"] = {"type": "object"}
    validator = jsonschema.Draft7Validator(schema)
    faults = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            documents = list(yaml.load_all(file, LOADER))
        for document in documents:
            wanted = (definition["group"] + "/" + version["name"], definition["names"]["kind"])
            if (document.get("apiVersion"), document.get("kind")) != wanted:
                print(f"{path}: not a {wanted}")
                faults += 1
            for error in validator.iter_errors(document):
                print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
                faults += 1
    return 1 if faults else 0


sys.exit(main())
