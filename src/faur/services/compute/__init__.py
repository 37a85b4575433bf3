"""Clusters, jobs, logs and accounting."""
