def brand(request):
    """The name under ours in the shell: the board or network of the signed-in person."""
    return {"brand": {"name": "PLG-platform", "board": ""}}
