"""What a usage log shows: reductions, links, clusters, factors, and what speaks against them."""
