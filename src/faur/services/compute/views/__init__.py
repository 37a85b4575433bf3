"""The pages of compute."""
