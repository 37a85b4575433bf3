"""What every service rests on: ledger, blobs, record, and the few forms that make them impossible to forget."""
