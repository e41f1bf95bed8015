"""The figures of a year for the secretary's report: tables, each with a chart; on a page, in a Word file, in the workbook."""
