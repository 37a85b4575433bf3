"""The same `Idempotency-Key` gets the same answer, and its effect happens once.

Follows the IETF draft "The Idempotency-Key HTTP Header Field" (draft-ietf-httpapi-idempotency-key-header).
"""
