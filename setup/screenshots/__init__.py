"""Take the pictures of the documentation from the demo database (see ``make_screenshots.py``)."""
