"""Compares our boxed rendering of a packet with WeasyPrint's own time for the same HTML.

Run as `python -m benchmarks.packet [EXHIBITS]`. One run measures, alternately and in this order
of rounds, WeasyPrint in this already warm process and the child that the product starts; start
of a child (interpreter, imports, font set-up) is measured apart on a one-line document. The
ratio is the median of the product's time without that start over the median of WeasyPrint's.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from casework.packets import fonts
from casework.packets.box import Limits
from casework.packets.render import attachments, build_html, render_pdf
from tests.packets import sample

ROUNDS = 3
ISSUED = datetime(2026, 11, 24, tzinfo=UTC)
LIMITS = Limits(cpu_seconds=600, wall_seconds=900, memory_bytes=4 << 30)
SMALL = '<!doctype html><html lang="en"><head><title>T</title></head><body><p>T</p></body></html>'


def timed(work):
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def main():
    exhibits = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    contents = replace(sample.rich(), exhibits=sample.exhibits(exhibits))
    cache = Path(tempfile.mkdtemp())
    # The engine here must see the same fonts as the child; fontconfig reads this once, at import.
    os.environ["FONTCONFIG_FILE"] = str(fonts.configuration(cache))
    from weasyprint import HTML  # noqa: PLC0415 - after the font configuration

    building, html = timed(lambda: build_html(contents))
    files = attachments(contents)

    def boxed(text, carried):
        return render_pdf(text, issued=ISSUED, attachments=carried, cache=cache, limits=LIMITS)

    def engine():
        return HTML(string=html).write_pdf(pdf_variant="pdf/a-3a")

    engine()
    boxed(SMALL, {})
    own, starts, whole = [], [], []
    for _ in range(ROUNDS):
        own.append(timed(engine)[0])
        starts.append(timed(lambda: boxed(SMALL, {}))[0])
        took, rendered = timed(lambda: boxed(html, files))
        whole.append(took)
    start, alone = statistics.median(starts), statistics.median(own)
    ours = statistics.median(whole)
    print(f"packet: {rendered.pages} pages, {exhibits} exhibits, {len(html):,} characters of HTML")
    print(f"{'building the HTML':<44}{building:8.2f} s")
    print(f"{'WeasyPrint, warm process, same HTML':<44}{alone:8.2f} s")
    print(f"{'ours, whole child':<44}{ours:8.2f} s")
    print(f"{'  of that, starting the child':<44}{start:8.2f} s")
    print(f"{'  of that, layout, claims and attachments':<44}{ours - start:8.2f} s")
    print(f"ratio without start: {(ours - start) / alone:.2f}   with start: {ours / alone:.2f}")


if __name__ == "__main__":
    main()
