"""The rulebook as court staff read it, and a court's own entries tried out before they count."""
