"""The description of the tables for other programs: a Data Package (Frictionless, version 2.0)."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import Any

from communique import __version__
from communique.export.tables import TABLES, Column, Table
from communique.export.writers import LIST_DELIMITER

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
_MEDIA_TYPES = {
    "csv": "text/csv",
    "duckdb": "application/vnd.duckdb",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}


def datapackage(files: dict[str, Path], counts: dict[str, int], to: str) -> dict[str, Any]:
    """The description of the files that hold the tables, each with its number of rows."""
    return {
        "$schema": _PROFILE,
        "name": "communique-export",
        "title": "What joint statements say",
        "description": f"Tables of the records that communique {__version__} extracted from joint statements.",
        "resources": [_resource(table, files[table.name], counts[table.name], to) for table in TABLES],
    }


def _resource(table: Table, path: Path, count: int, to: str) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    resource: dict[str, Any] = {
        "$schema": _RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "path": path.name,
        "description": table.description,
        "format": to,
        "mediatype": _MEDIA_TYPES[to],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rowCount": count,
        "schema": _schema(table, to),
    }
    if to == "csv":
        resource["encoding"] = "utf-8"
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
    if to == "duckdb":
        resource["dialect"] = {"table": table.name}
    return resource


def _schema(table: Table, to: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, table, to) for column in table.columns]}
    schema["primaryKey"] = list(table.key)
    if table.name != "statements":
        schema["foreignKeys"] = [
            {"fields": ["statement"], "reference": {"resource": "statements", "fields": ["statement"]}}
        ]
    if to == "csv":
        schema["missingValues"] = [""]
    return schema


def _field(column: Column, table: Table, to: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "list":
        # Only in CSV is a list one text with marks between its values.
        field |= {"delimiter": LIST_DELIMITER, "itemType": "string"} if to == "csv" else {"type": "array"}
    if column.type == "boolean" and to == "csv":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.name in table.key:
        field["constraints"] = {"required": True}
    return field
