total::numeric(18, 4) IS DISTINCT FROM (-1)
