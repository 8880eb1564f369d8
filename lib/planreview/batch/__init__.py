"""Which notebook runs for whom, in processes of their own, and what came of it."""
