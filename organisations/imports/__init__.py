"""Open lists of schools and boards, and a board's own staff list: read, judged row by row, then saved at once."""
