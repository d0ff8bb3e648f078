"""Workbooks: reading XLSForms safely, looking at their rows, and handing them to the converter."""
