"""A demo that can be believed: two boards, nine schools, a network, about 120 people and 14 PLGs.

All of it is invented, and the same every time; only the dates follow the day on which it is filled.
"""
