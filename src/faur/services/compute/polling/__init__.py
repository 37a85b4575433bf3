"""The reconciler: one loop a cluster that brings the rows of jobs and the cluster's own view of them together."""
