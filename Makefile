# The scripts by habit's names; make itself is not needed.
.PHONY: build test demo bench
build test demo bench:
	@scripts/$@
