"""Who a name may be among those on the lists of others: how sure, and why. Pure."""
