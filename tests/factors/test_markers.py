"""Markers files: what is read, and what is refused and why."""

from __future__ import annotations

import pytest

from casework.evidence.analysis.markers import NO_MARKERS, MarkersRefused, read_markers

RIVAL = "rival_releases, entry 1"
GOOD = {
    "releases": [{"model": "model-2", "ts": "2026-05-09T14:00:00Z"}],
    "rival_releases": [
        {"model": "rival-x", "ts": "2026-06-20T00:00:00Z"},
        {
            "model": "rival-y",
            "kind": "training",
            "from": "2026-05-01T00:00:00+02:00",
            "to": "2026-05-20T00:00:00+02:00",
            "source": "filing",
            "confidence": "low",
        },
    ],
}


def test_a_file_comes_back_as_it_was_read():
    told = read_markers(GOOD).as_dict()
    assert told["releases"] == GOOD["releases"]
    assert told["rival_releases"][0] == GOOD["rival_releases"][0] | {"kind": "release"}
    assert told["rival_releases"][1] == GOOD["rival_releases"][1]
    assert read_markers(told) == read_markers(GOOD)


def test_an_empty_file_has_no_markers():
    assert read_markers({}) == NO_MARKERS
    assert NO_MARKERS.release is None
    assert NO_MARKERS.rival_release is None


def test_the_run_up_is_measured_to_the_first_release_of_a_rival():
    turned = {"rival_releases": GOOD["rival_releases"][::-1]}
    assert read_markers(turned).rival_release.model == "rival-x"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "Markers are an object with the lists releases and rival_releases."),
        ({"release": []}, "Markers: unknown key 'release'."),
        ({"releases": {}}, "Markers: releases is not a list."),
        ({"releases": ["x"]}, "Markers: releases, entry 1 is not an object."),
        (
            {"releases": [{"model": "m", "at": "x"}]},
            "Markers: releases, entry 1: unknown key 'at'.",
        ),
        (
            {"releases": [{"ts": "2026-05-09T14:00:00Z"}]},
            "Markers: releases, entry 1: model is missing or not text.",
        ),
        (
            {"releases": [{"model": "m", "ts": "yesterday"}]},
            "Markers: releases, entry 1: ts 'yesterday' is not a time.",
        ),
        (
            {"releases": [{"model": "m", "ts": "2026-05-09T14:00:00"}]},
            "Markers: releases, entry 1: ts '2026-05-09T14:00:00' names no time zone.",
        ),
        (
            {"rival_releases": [{"model": "m", "kind": "leak", "ts": "2026-05-09T14:00:00Z"}]},
            f"Markers: {RIVAL}: kind 'leak' is not one of training, preview, release.",
        ),
        (
            {
                "rival_releases": [
                    {"model": "m", "from": "2026-05-09T14:00:00Z", "to": "2026-05-08T14:00:00Z"}
                ]
            },
            "Markers: rival_releases, entry 1: to lies before from.",
        ),
        (
            {
                "rival_releases": [
                    {"model": "m", "ts": "2026-05-09T14:00:00Z", "to": "2026-05-10T14:00:00Z"}
                ]
            },
            "Markers: rival_releases, entry 1: give ts, or from and to, not both.",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_entry_and_field(document, message):
    with pytest.raises(MarkersRefused) as refused:
        read_markers(document)
    assert str(refused.value) == message
