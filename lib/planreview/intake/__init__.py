"""From the grids of submitted files to observations: layout, matching, values, and an account of every cell."""
