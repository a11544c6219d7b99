"""The operators' page of mail: what waits, what failed and why, and the addresses to which nothing goes."""
