"""Bytes in and out: uploads stream into the store with flat memory, downloads out of it by signed link."""

import asyncio
from http import HTTPStatus
from urllib.parse import quote

from django.utils.translation import gettext as _
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from faur.gateway.callers import caller
from faur.gateway.database import in_database
from faur.gateway.problems import refusing
from faur.gateway.ranges import parse_range
from faur.gateway.storing import stored_body
from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import blobs, read_link, receipt
from faur.kernel.errors import Forbidden, Invalid
from faur.services.projects.public import may_steward, may_work_in, project_visible

LONGEST_NAME = 255


class NameInvalid(Invalid):
    """A file name that is no plain name."""

    code = "upload.name_invalid"

    def __init__(self) -> None:
        super().__init__(
            _("The file needs a plain name of at most 255 characters."),
            hint=_("Give it as ?filename=…, without folders."),
        )


@refusing
async def put_bytes(request: Request) -> Response:
    """`PUT /api/v1/bytes?project=…&filename=…`: store the body; the receipt lets its sender use it in that project."""
    actor = await caller(request)
    project, filename = request.query_params.get("project", ""), request.query_params.get("filename", "file")
    if not _is_name(filename):
        raise NameInvalid
    await in_database(_require_place, actor, project)
    stored = await stored_body(request)
    proof = receipt(actor.uid, stored, filename, project)
    answer = {"receipt": proof, "digest": stored.digest, "size": stored.size, "filename": filename}
    return JSONResponse(answer, status_code=HTTPStatus.CREATED)


@refusing
async def get_bytes(request: Request) -> Response:
    """`GET /api/v1/bytes/{token}`: what a signed link stands for, whole or a range of it."""
    link = read_link(request.path_params["token"])
    size = await asyncio.to_thread(blobs().size, link.digest)
    span = parse_range(request.headers.get("Range", ""), size)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(link.filename, safe='')}",
        "Content-Length": str(span.length),
        "Content-Type": link.media_type,  # as it was said: in which characters a text is written nobody here knows
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "ETag": f'"{link.digest}"',
        "X-Content-Type-Options": "nosniff",
    }
    if span.partial:
        headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{size}"
    status = HTTPStatus.PARTIAL_CONTENT if span.partial else HTTPStatus.OK
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    chunks = await asyncio.to_thread(blobs().open, link.digest, span.start, span.end)
    return StreamingResponse(chunks, status_code=status, headers=headers)


def _require_place(actor: Actor, project: str) -> None:
    """Raises NotFound, Forbidden: the actor may not bring data into that project."""
    place = project_visible(actor, project)
    if not (may_work_in(actor, place) or may_steward(actor, place)):
        raise Forbidden("upload")


def _is_name(filename: str) -> bool:
    plain = filename.isprintable() and not set(filename) & {"/", "\\"}
    return plain and 0 < len(filename) <= LONGEST_NAME and filename not in {".", ".."}
