"""Where a cluster comes from and who pays, against what would be expected. Pure."""

from __future__ import annotations

from casework.evidence.analysis.innocent.checks import MOSTLY, NEARLY_ALL, Check, at_least, at_most
from casework.evidence.analysis.innocent.setting import Setting
from casework.evidence.analysis.innocent.surroundings import HOUSEHOLD, OTHERS
from casework.evidence.analysis.sentences import count, percent, verb

TEAM, MANY = 12, 10  # accounts: of service accounts at most, of a reseller at least


def few_addresses(of: Setting) -> Check:
    share = of.addresses_4
    says = f"the 4 busiest addresses carry {percent(share or 0)} of the exchanges (half would fit)"
    return at_least("addresses_4", share, MOSTLY, says, "the log holds no addresses")


def many_addresses(of: Setting) -> Check:
    share = of.addresses_4
    says = (
        f"the 4 busiest addresses carry {percent(share or 0)} of the exchanges (under half would"
        " fit)"
    )
    holds = None if share is None else share < MOSTLY
    lacking = "the log holds no addresses"
    return Check(lacking if share is None else says, holds, {"addresses_4": share})


def servers(of: Setting) -> Check:
    share = of.addresses_20
    says = (
        f"the 20 busiest addresses carry {percent(share or 0)} of the exchanges"
        " (four fifths would fit)"
    )
    return at_least("addresses_20", share, NEARLY_ALL, says, "the log holds no addresses")


def many(of: Setting) -> Check:
    says = f"there {verb(of.accounts, 'is', 'are')} {count(of.accounts, 'accounts')} (10 would fit)"
    return at_least("accounts", float(of.accounts), MANY, says, "")


def team(of: Setting) -> Check:
    says = (
        f"there {verb(of.accounts, 'is', 'are')} {count(of.accounts, 'accounts')}"
        " (at most 12 would fit)"
    )
    return at_most("accounts", float(of.accounts), TEAM, says, "")


def one_payer(of: Setting) -> Check:
    share = of.top_payer
    says = f"one payment instrument pays {percent(share or 0)} of the accounts (80 % would fit)"
    return at_least("top_payer", share, NEARLY_ALL, says, "the log holds no payment fingerprints")


def own_payers(of: Setting) -> Check:
    share = of.top_payer
    says = (
        f"one payment instrument pays {percent(share or 0)} of the accounts (at most 20 % would"
        " fit)"
    )
    lacking = "the log holds no payment fingerprints"
    return at_most("top_payer", share, 1 - NEARLY_ALL, says, lacking)


def one_org(of: Setting) -> Check:
    share = of.top_org
    says = f"one declared organisation has {percent(share or 0)} of the accounts (80 % would fit)"
    return at_least("top_org", share, NEARLY_ALL, says, "the log names no organisations")


def crowded(of: Setting) -> Check:
    share = of.crowded_addresses
    says = (
        f"{percent(share or 0)} of the exchanges come from addresses that more accounts outside the"
        f" cluster than inside use, {OTHERS} or more (half would fit)"
    )
    return at_least("crowded_addresses", share, MOSTLY, says, "the log holds no addresses")


def households(of: Setting) -> Check:
    share = of.at_home
    says = (
        f"{percent(share or 0)} of the accounts share an address or a payment instrument with at"
        f" most {HOUSEHOLD - 1} others of the cluster (half would fit)"
    )
    lacking = "the log holds no addresses and no payment fingerprints"
    return at_least("at_home", share, MOSTLY, says, lacking)
