"""From the record and the tables to the evidence of one model version, in a fixed number of queries."""

from faur.services.trust.gathering.whole import evidence_of

__all__ = ["evidence_of"]
