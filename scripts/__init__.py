"""What the Makefile calls beside the application's own command line."""
