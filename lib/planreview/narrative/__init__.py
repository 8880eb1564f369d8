"""From results to blocks: sentences, tables and charts in Vietnamese. Nothing here computes a status."""
