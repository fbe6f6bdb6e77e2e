"""datapackage.json: what every table and column is, and the hash of every file, as a Data Package descriptor (version 2)."""

import hashlib
import json

import pandera.pandas as pa

from analysis.reconcile.facts import TABLES
from analysis.reconcile.schemas import KEYS, schema
from analysis.reference.codebook import CodeBook

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {"string": "string", "float64": "number", "int64": "integer", "datetime64": "date"}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
LINKS = {
    "numerals": {"article": "articles"},
    "figures": {"article": "articles", "part_of": "figures"},
    "measures": {"numerator": "observations", "denominator": "observations"},
}


def describe(files: dict[str, bytes], book: CodeBook) -> bytes:
    """The descriptor of `files` (name → bytes): a resource per file with its schema, bytes and SHA-256."""
    tables = {name: schema(name, book) for name in TABLES}
    resources = [
        _resource(name, kind, files[f"{name}.{kind}"], tables[name])
        for name in TABLES
        for kind in MEDIA
        if f"{name}.{kind}" in files
    ]
    package = {
        "$schema": PROFILE,
        "name": "reported-figures",
        "title": "Figures reported in articles, reconciled",
        "codebook": f"sha256:{book.sha256}",
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(table: str, kind: str, content: bytes, schema: pa.DataFrameSchema) -> dict:
    return {
        "name": table if kind == "csv" else f"{table}-{kind}",
        "description": schema.description,
        "path": f"{table}.{kind}",
        "format": kind,
        "mediatype": MEDIA[kind],
        **({"encoding": "utf-8"} if kind == "csv" else {}),
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "type": "table",
        "schema": _schema(table, schema),
    }


def _schema(table: str, schema: pa.DataFrameSchema) -> dict:
    described: dict = {
        "fields": [_field(name, column) for name, column in schema.columns.items()],
        "missingValues": [""],
    }
    if key := KEYS[table]:
        described["primaryKey"] = key
    if links := LINKS.get(table):
        described["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": target, "fields": ["id"]}} for field, target in links.items()
        ]
    return described


def _field(name: str, column: pa.Column) -> dict:
    field = {"name": name, "type": TYPES[str(column.dtype).split("[")[0]], "description": column.description}
    constraints: dict = {} if column.nullable else {"required": True}
    for check in column.checks:
        constraints |= _constraint(check)
    return field | ({"constraints": constraints} if constraints else {})


def _constraint(check: pa.Check) -> dict:
    stated = check.statistics or {}
    if {"min_value", "max_value"} <= stated.keys():
        return {"minimum": stated["min_value"], "maximum": stated["max_value"]}
    if "allowed_values" in stated:
        return {"enum": list(stated["allowed_values"])}
    if "pattern" in stated:
        return {"pattern": getattr(stated["pattern"], "pattern", stated["pattern"])}
    return {"minimum": stated["min_value"]} if "min_value" in stated else {}
