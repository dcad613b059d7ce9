"""What `start.py` does: standard library only, run by the system's own Python."""
