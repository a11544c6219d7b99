"""Is the platform alive, is it ready for visitors, and does the clock still tick?"""
