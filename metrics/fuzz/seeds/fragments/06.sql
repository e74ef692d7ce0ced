{{ Dimension('sale__sold_at').grain('week') }} >= '2026-01-05' AND {{ Dimension('sale__sold_at').date_part('dow') }} = 1
