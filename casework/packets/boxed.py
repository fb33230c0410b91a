"""The child process that lays out a packet. Run as a script; nothing imports it.

A job comes in as JSON on standard input: `html`, `issued` (ISO 8601), `identifier` (text),
`attachments` (name to base64) and `limits`. The answer goes to standard output: one line of
JSON, with `error` or with `pages` and `missing`, and behind it the PDF. The process gives up
processor, memory and file handles beyond the limits before it reads a byte of the HTML, and
fetches nothing but what the HTML carries in `data:` addresses.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import io
import json
import logging
import resource
import sys
from datetime import datetime
from typing import Any

# One archival and one accessibility profile cannot both be asked of the layout engine, so the
# second claim, with the extension schema that the first demands for it, is written afterwards.
UA_CLAIM = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>
"""


def confine(limits: dict[str, int]) -> None:
    cpu, memory, files = limits["cpu_seconds"], limits["memory_bytes"], limits["open_files"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw(job: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    """Lay out `job`; return what is said about the PDF, and the PDF."""
    import weasyprint  # noqa: PLC0415 - only after the limits hold
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    refused: list[str] = []
    options: dict[str, Any] = {
        "pdf_variant": "pdf/a-3a",
        "pdf_identifier": job["identifier"].encode(),
    }
    page = weasyprint.HTML(
        string=job["html"], base_url="about:blank", url_fetcher=_carried_only(refused)
    )
    pdf = b""
    # The engine swallows even a fatal refusal while it draws a picture: the list remembers.
    with contextlib.suppress(FatalURLFetchingError):
        document = page.render(**options)
        pdf = document.write_pdf(attachments=_attachments(job), **options)
    if refused:
        return {"error": f"the document asked for something outside itself: {refused[0]}"}, b""
    # Known only after drawing: the pictures are drawn while the file is written.
    missing = sorted({chr(code) for font in document.fonts.values() for code in font.missing})
    return {"pages": len(document.pages), "missing": missing}, _claimed(pdf)


def _carried_only(refused: list[str]) -> Any:
    """Return a fetcher that serves `data:` and notes every other address in `refused`."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    class CarriedOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            if not url.lower().startswith("data:"):
                refused.append(url)
                raise FatalURLFetchingError(url)
            return super().fetch(url, headers)

    return CarriedOnly()


def _attachments(job: dict[str, Any]) -> list[Any]:
    import weasyprint  # noqa: PLC0415 - only after the limits hold

    issued = datetime.fromisoformat(job["issued"])
    return [
        weasyprint.Attachment(
            string=base64.b64decode(content),
            name=name,
            description=name,
            relationship="Data",
            created=issued,
            modified=issued,
        )
        for name, content in job["attachments"].items()
    ]


def _claimed(pdf: bytes) -> bytes:
    """`pdf` that also claims PDF/UA-1 and opens with its bookmarks; the same bytes each time."""
    import pikepdf  # noqa: PLC0415 - only after the limits hold

    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        claims = file.Root.Metadata.read_bytes()
        end = b"</rdf:RDF>"
        claims = claims.replace(end, UA_CLAIM + end, 1)
        file.Root.Metadata = file.make_stream(
            claims, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        file.Root.PageMode = pikepdf.Name.UseOutlines
        _scope_headers(file.Root.StructTreeRoot)
        if "/AF" in file.Root:  # the engine lists each attachment twice
            listed = list(file.Root.Names.EmbeddedFiles.Names)
            file.Root.AF = pikepdf.Array(listed[1::2])
        file.save(
            result,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return result.getvalue()


def _scope_headers(root: Any) -> None:
    """Say of every header cell whether it heads its column or its row.

    The engine links data cells to their headers, which leaves a header over no data unexplained.
    """
    import pikepdf  # noqa: PLC0415 - only after the limits hold

    waiting = [(root, "/Row")]
    while waiting:
        here, scope = waiting.pop()
        kind = here.get("/S")
        scope = {"/THead": "/Column", "/Table": "/Row"}.get(str(kind), scope)
        if kind == pikepdf.Name.TH:
            attributes = here.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
            attributes.Scope = pikepdf.Name(scope)
            here.A = attributes
        below = here.get("/K", pikepdf.Array())
        children = list(below) if isinstance(below, pikepdf.Array) else [below]
        waiting += [(one, scope) for one in children if isinstance(one, pikepdf.Dictionary)]


def main() -> None:
    job = json.load(sys.stdin)
    confine(job["limits"])
    logging.disable(logging.CRITICAL)
    gc.disable()  # the process ends with the job
    pdf = b""
    try:
        said, pdf = draw(job)
    except RecursionError:
        said = {"error": "the document is nested too deeply"}
    except MemoryError:
        said = {"error": "the document needs more memory than is allowed"}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main()
