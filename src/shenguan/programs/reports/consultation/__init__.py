"""数据会商: the pack that is laid before the meeting."""
