"""The columns a usage log may have, what each is needed for, and the names owners give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Need = Literal["required", "needed", "wanted", "optional"]
Kind = Literal["time", "count", "name", "address", "network", "country", "hash", "simhash", "id"]


@dataclass(frozen=True, slots=True)
class Column:
    """`purpose` says what is not known without it; `aliases` are in the form of `_plain`."""

    name: str
    kind: Kind
    need: Need
    purpose: str
    aliases: tuple[str, ...] = ()


COLUMNS: Final = (
    Column("ts", "time", "required", "nothing can be put in the order of time",
           ("timestamp", "ts_utc", "timestamp_utc", "time", "event_time", "request_time",
            "created_at", "created", "occurred_at", "datetime", "date_time", "epoch")),
    Column("account_id", "name", "required", "exchanges cannot be counted by account",
           ("account", "accountid", "acct_id", "account_uuid", "user_id", "userid", "customer_id",
            "client_id", "subject_id", "user")),
    Column("model", "name", "required", "uptake of a new model cannot be seen",
           ("model_id", "model_name", "model_slug", "deployment", "engine")),
    Column("input_tokens", "count", "required", "volume cannot be measured",
           ("prompt_tokens", "tokens_in", "in_tokens", "input_token_count", "prompt_token_count",
            "n_input_tokens", "usage_input_tokens")),
    Column("output_tokens", "count", "required", "volume cannot be measured",
           ("completion_tokens", "tokens_out", "out_tokens", "output_token_count",
            "completion_token_count", "n_output_tokens", "usage_output_tokens")),
    Column("org_id", "name", "wanted",
           "declared sharing within an organisation cannot be told from undeclared",
           ("organization_id", "organisation_id", "org", "organization", "tenant_id",
            "workspace_id", "company_id", "team_id")),
    Column("ip", "address", "needed", "accounts cannot be linked by address (factor iii)",
           ("ip_address", "ip_addr", "client_ip", "source_ip", "src_ip", "remote_addr",
            "remote_ip", "ipaddress")),
    Column("asn", "network", "wanted", "the networks that were used cannot be named",
           ("as_number", "autonomous_system", "client_asn", "ip_asn")),
    Column("country", "country", "wanted", "the countries of the addresses cannot be named",
           ("country_code", "ip_country", "geo_country", "country_iso", "client_country")),
    Column("endpoint", "name", "wanted", "several ways of access cannot be seen",
           ("api_endpoint", "path", "route", "url_path", "api")),
    Column("user_agent", "name", "wanted", "several ways of access cannot be seen",
           ("useragent", "http_user_agent", "ua")),
    Column("capability", "name", "needed",
           "concentration on capabilities cannot be computed (factor ii)",
           ("capability_tag", "task", "task_type", "category", "topic", "use_case")),
    Column("template_hash", "hash", "needed",
           "shared prompts cannot be seen (factors i and iii)",
           ("prompt_template_hash", "template", "template_id", "tpl_hash")),
    Column("prompt_simhash", "simhash", "needed", "paraphrased prompts cannot be seen",
           ("simhash", "prompt_sim_hash", "sim_hash")),
    Column("payment_fp", "name", "wanted", "accounts cannot be linked by payment (factor iii)",
           ("payment_fingerprint", "card_fingerprint", "payment_hash", "payment_token",
            "payment_method_hash", "instrument_hash")),
    Column("prompt_hash", "hash", "wanted",
           "the same prompt sent again from other accounts cannot be seen",
           ("prompt_sha256", "prompt_digest", "exact_prompt_hash")),
    Column("request_id", "id", "optional", "rows that were sent twice cannot be found",
           ("req_id", "requestid", "event_id", "message_id", "interaction_id", "id", "uuid")),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Column]] = MappingProxyType({found.name: found for found in COLUMNS})
REQUIRED: Final = tuple(found.name for found in COLUMNS if found.need == "required")


def suggest(columns: Iterable[str]) -> dict[str, str]:
    """A mapping from columns of ours to the given columns of theirs, by name and known aliases.

    Our own name goes before an alias, an earlier alias before a later one; no column of theirs is
    used twice.
    """
    theirs: dict[str, str] = {}
    for name in columns:
        theirs.setdefault(_plain(name), name)
    ours_first = {found.name: (found.name,) for found in COLUMNS}
    mapping: dict[str, str] = {}
    for names in (ours_first, {found.name: found.aliases for found in COLUMNS}):
        for ours, forms in names.items():
            fitting = next((theirs[form] for form in forms if form in theirs), None)
            if ours not in mapping and fitting is not None and fitting not in mapping.values():
                mapping[ours] = fitting
    return mapping


def _plain(name: str) -> str:
    """Lower case, words joined by one underline: `clientIP` and `Client-IP` are `client_ip`."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z]+", "_", parted.lower()).strip("_")
