"""Small lists that lower floors keep and upper floors fill in `AppConfig.ready()`.

A lower page that must show what an upper app owns asks such a list and knows
nothing of who filled it.
"""


class Registry(dict):
    """Named things in order of arrival; a name can be given once."""

    def __init__(self, what):
        super().__init__()
        self.what = what

    def add(self, name, thing):
        """Put a thing under a name. Raises ValueError when another thing has that name."""
        if self.get(name, thing) is not thing:
            raise ValueError(f"{self.what}: {name!r} is taken.")
        self[name] = thing
        return thing

    def register(self, name):
        """The same as a decorator: @registry.register("name")."""
        return lambda thing: self.add(name, thing)


#: Items of the main menu: name -> function(user) -> list of dicts(url, label, icon, phone, order).
menu = Registry("menu")
#: What must follow when a mail address gets an account: name -> function(person, address).
claims = Registry("claims")
#: What follows when the affiliation of a person ended: name -> function(affiliation, by).
farewells = Registry("farewells")
#: What follows when two accounts of one person become one: name -> function(kept, gone).
merges = Registry("merges")
#: What follows when schools go to another board: name -> function(ids of the schools).
moves = Registry("moves")
#: What follows when a school or board goes up into another: name -> function(gone, into).
mergers = Registry("mergers")
#: What goes along then, beforehand: name -> function(gone) -> a number.
merger_counts = Registry("what goes along at a merger")
#: What else an administrator arranges for a board: name -> function(board, user) -> dicts(url, label, icon, said).
board_links = Registry("links on the page of a board")
#: Panels on the page of a PLG: name -> function(community, user) -> (template, context).
panels = Registry("panels")
#: To whom nothing is written any more: name -> function(ids of people) -> those of them.
hushes = Registry("hushes")
#: What a person's own calendar changes: name -> function(person), asked when days off or region change.
rhythms = Registry("rhythms")
#: What follows when a person is called otherwise: name -> function(person).
renames = Registry("renames")
#: What is kept of a person, for her download: name -> core.privacy.Section.
exports = Registry("exports")
#: What must be done to erase a person, from the upper floors down: name -> function(person).
erasures = Registry("erasures")
#: How long what is kept: name -> core.terms.Term.
terms = Registry("terms")
