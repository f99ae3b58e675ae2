"""What people see: tables in a terminal, a report to open in a browser, a notebook."""
