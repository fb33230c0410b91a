"""Copies of a whole installation: sealed, checked, and put back."""
