from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Collects also what `_now` marks: in models, where `_` is lazy, words that are needed at once."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now"]
