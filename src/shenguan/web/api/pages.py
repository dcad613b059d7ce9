"""The page that describes the interface, made from its OpenAPI document; no script, no other server."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.web.api.root import api


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """List every address with what it takes and gives."""
    schema: dict[str, Any] = api.get_openapi_schema()
    named = schema["components"]["schemas"]
    paths = [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "tag": operation["tags"][0],
            "about": operation.get("description", ""),
            "parameters": [_parameter(one) for one in operation.get("parameters", ())],
            "body": _body(operation, named),
        }
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]
    context = {"page": "api", "paths": paths, "info": schema["info"]}
    return render(request, "web/api.html", context)


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    about = one.get("description") or one["schema"].get("description", "")
    return {"name": one["name"], "required": one.get("required", False), "about": about}


def _body(operation: dict[str, Any], named: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of the body an address takes."""
    content = operation.get("requestBody", {}).get("content", {})
    found = content.get("application/json", {}).get("schema", {})
    schema = named.get(found.get("$ref", "").rpartition("/")[2], found)
    required = schema.get("required", ())
    return [
        {"name": name, "required": name in required, "about": field.get("description", "")}
        for name, field in schema.get("properties", {}).items()
    ]
