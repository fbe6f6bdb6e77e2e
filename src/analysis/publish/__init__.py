"""From facts to what people see: charts, the report page, slides and the workbook."""
