"""From a log as an owner sends it to accepted rows in one form, and the rows set aside."""
