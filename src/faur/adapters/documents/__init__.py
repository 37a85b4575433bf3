"""Sets a technical file for people: HTML, PDF, DOCX and JSON, in a process of its own."""
