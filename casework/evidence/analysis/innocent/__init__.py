"""Innocent explanations of a cluster, each tested against its figures, and what speaks against."""
