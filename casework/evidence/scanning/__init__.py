"""Asking a malware scanner."""
