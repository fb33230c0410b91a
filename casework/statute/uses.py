"""The words by which the application asks a pack for a clock or for one reading of it.

A pack that times nothing of the kind has no clock for the word; callers then have no deadline.
"""

from __future__ import annotations

FIRST_ASSESSMENT = "first_assessment"
CONGRESS_REPORT = "congress_report"
CONGRESS_UPDATES = "congress_updates"
PUBLIC_GUIDE = "public_guide"
ENTITY_LIST_DETERMINATION = "entity_list_determination"
COUNTED_YEARS = "counted_years"
LIST_WINDOW = "list_window"
LIST_CEILING = "list_ceiling"
ROUTINE_START = "routine_start"
COMMITTEE_VOTE = "committee_vote"
DISPUTE_LADDER = "dispute_ladder"
FOIA = "foia"
ACKNOWLEDGEMENT = "acknowledgement"
TRIAGE = "triage"
RESPONSE_WINDOW = "response_window"
COORDINATION = "coordination"
PETITION_POLICY = "petition_policy"

CLOCKS = frozenset(
    {
        FIRST_ASSESSMENT,
        CONGRESS_REPORT,
        CONGRESS_UPDATES,
        PUBLIC_GUIDE,
        ENTITY_LIST_DETERMINATION,
        COUNTED_YEARS,
        LIST_WINDOW,
        LIST_CEILING,
        ROUTINE_START,
        COMMITTEE_VOTE,
        DISPUTE_LADDER,
        FOIA,
        ACKNOWLEDGEMENT,
        TRIAGE,
        RESPONSE_WINDOW,
        COORDINATION,
        PETITION_POLICY,
    }
)

SHORTEST_WINDOW = "shortest_window"
LONGEST_WINDOW = "longest_window"
CHAIR_DECISION = "chair_decision"
ACEP_APPEAL = "acep_appeal"
ACEP_DECISION = "acep_decision"
EARB_APPEAL = "earb_appeal"
EARB_DECISION = "earb_decision"
PRESIDENT_APPEAL = "president_appeal"
FOIA_ANSWER = "foia_answer"
SUBMITTER_OBJECTION = "submitter_objection"

READINGS = frozenset(
    {
        SHORTEST_WINDOW,
        LONGEST_WINDOW,
        CHAIR_DECISION,
        ACEP_APPEAL,
        ACEP_DECISION,
        EARB_APPEAL,
        EARB_DECISION,
        PRESIDENT_APPEAL,
        FOIA_ANSWER,
        SUBMITTER_OBJECTION,
    }
)

# Facts on record that are shown beside a question, as its element names them.
SEAT, CONTROL, AFFILIATES = "seat", "control", "affiliates"
# A factor as analyses of usage logs name it, behind this word.
ANALYSIS = "analysis_"
FACTORS = ("i", "ii", "iii", "iv")
FACTS_OFFERED = frozenset({"", SEAT, CONTROL, AFFILIATES, *(ANALYSIS + name for name in FACTORS)})
