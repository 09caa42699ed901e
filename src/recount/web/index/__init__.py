"""The desk's index: what its lists need, worked out once from the ledger and kept in a file beside it.

Everything in it is derived. It may be deleted at any time, and the next start makes it again.
"""
