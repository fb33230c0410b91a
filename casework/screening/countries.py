"""Countries by their ISO 3166-1 alpha-2 code, under the names in common use."""

from __future__ import annotations

import pycountry

COUNTRIES: dict[str, str] = {
    country.alpha_2: getattr(country, "common_name", country.name)
    for country in sorted(pycountry.countries, key=lambda country: country.alpha_2)
}


def countries_by_name() -> dict[str, str]:
    """Return name by code, in the order of the names."""
    return dict(sorted(COUNTRIES.items(), key=lambda country: country[1]))
