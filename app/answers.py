"""Answers that are files: for the caller to save, never to be shown by a browser in our name (C27)."""

import base64

from fastapi import Response
from fastapi.responses import StreamingResponse

from app.services.documents import Finished
from app.services.exports.making import Export
from app.storage.names import disposition
from app.storage.store import Content


def attachment(content: Content, file_name: str, media_type: str, sha256: str) -> Response:
    """A stored file for the caller to save: never rendered in place, whatever a browser makes of its bytes (C27)."""
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    headers = {
        "Content-Disposition": disposition(file_name),
        "Content-Length": str(content.length),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Repr-Digest": f"sha-256=:{digest}:",
    }
    return StreamingResponse(content, headers=headers, media_type=media_type)


def saved(made: Finished) -> Response:
    """A paper for the caller to save, with the tag of its content."""
    held = {"ETag": made.etag, "Content-Disposition": disposition(made.name)}
    always = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache", "Vary": "Accept"}
    return Response(made.data, headers=held | always, media_type=made.media_type)


def handed_out(made: Export) -> Response:
    """A list or a whole campaign for the caller to save, streamed from where it was written."""
    content = Content(made.file, made.size, made.size, (OSError,))
    return attachment(content, made.name, made.media_type, made.sha256)
