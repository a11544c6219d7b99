"""Files come in through `intake` and go out through `serving`; nothing else touches them."""
