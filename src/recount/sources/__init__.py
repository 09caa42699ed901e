"""Where reports come in from outside: feeds, sitemaps, lists of addresses, folders and mailboxes.

`plan` says where to look, `watching` polls what is due, `archive` keeps each response as evidence before anything reads it,
`keeping` brings what was fetched into the ledger, `health` says how the sources do. Start with `watching`.
"""
