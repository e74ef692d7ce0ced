date_trunc('month', sold_at) + INTERVAL '1 month' - INTERVAL '1 day' >= DATE '2026-01-31'
