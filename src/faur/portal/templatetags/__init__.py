"""What templates can ask the portal for."""
