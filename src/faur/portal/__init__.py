"""What people see: base templates, components, static files, formats and translations."""
