"""The pictures of the documentation, taken from the demo database (see ``make_screenshots.py``)."""
