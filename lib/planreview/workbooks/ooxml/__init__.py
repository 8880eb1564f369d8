"""Workbooks of Excel 2007 and later: .xlsx and .xlsm in XML, .xlsb with the same parts in binary records."""
