"""Pictures of an analysis of usage logs, as SVG with the numbers behind each."""
