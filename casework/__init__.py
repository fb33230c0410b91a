"""Apply the law to the facts."""
