"""The interface for programs: everything a page shows or does, under official Chinese field names."""
