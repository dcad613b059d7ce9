"""质效反馈函: what an upper court asks a lower one to look into."""
