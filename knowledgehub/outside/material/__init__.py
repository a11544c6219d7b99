"""A folder of material with a list: read, judged row by row, then made at once."""
