"""态势分析: the quarterly situation analysis of a court."""
