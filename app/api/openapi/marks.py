"""What a route says about itself beyond its signature."""

from typing import Any


def about(zh: str, permission: str = "") -> dict[str, Any]:
    """The `openapi_extra=` of a route: its summary in Chinese and the permission its service asks for.

    Leave the permission empty where any signed-in caller, or the public, may call.
    """
    return {"x-summary-zh": zh, "x-permission": permission}


def sends(*media: str, tagged: bool = False) -> dict[int | str, dict[str, Any]]:
    """Part of the `responses=` of a route that answers a file: `declared(...) | sends("application/pdf")`.

    `tagged` where the file carries an ETag of its content, so that it is readable conditionally.
    """
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in media}
    headers = {"headers": {"ETag": {"$ref": "#/components/headers/ETag"}}} if tagged else {}
    return {200: {"content": content, **headers}}
