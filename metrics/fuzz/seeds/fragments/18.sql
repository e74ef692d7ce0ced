extract(year from sold_at) * 100 + month(sold_at)
