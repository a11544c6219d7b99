"""What a process remembers of what it made, with room for so many."""


class Newest(dict):
    """A dict that is read as any other and filled by `keep`; when it is full, the oldest go."""

    def __init__(self, most):
        super().__init__()
        self.most = most

    def keep(self, key, value):
        """Keep one more; a tenth goes where there is no room."""
        if len(self) >= self.most:
            for old in list(self)[: self.most // 10]:  # a list: an iterator trips over other threads
                self.pop(old, None)
        self[key] = value
