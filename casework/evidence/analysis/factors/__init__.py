"""The four factors: measures of a cluster, their thresholds, and what the states follow from."""
