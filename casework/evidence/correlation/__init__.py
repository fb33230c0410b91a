"""Keyed hashes by which cases of two owners meet without showing either's data."""
