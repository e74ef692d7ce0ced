EXTRACT(EPOCH FROM (sold_at - paid_at)) / 3600.0
