"""四类案件 and 阅核清单: the criteria by which a case or a document is found to need supervision."""
