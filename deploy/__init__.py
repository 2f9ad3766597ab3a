"""What the Makefile calls: install, run, test, bench. Standard library only, apart from `prepare`."""
