"""The command: one file per verb. Heavy imports stay inside the verb that needs them."""
