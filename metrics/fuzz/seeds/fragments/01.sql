total * 1.0 - coalesce(discount, 0) / 2 % 7
