"""The pages of the front office."""
