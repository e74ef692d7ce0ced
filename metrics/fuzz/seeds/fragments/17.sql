NOT (NOT (NOT (total BETWEEN -1 AND +1)))
