"""《审判数据体检报告》: what the first import says about a court's data, in two pages with lists behind."""
