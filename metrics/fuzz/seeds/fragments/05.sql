{{ TimeDimension('sale__sold_at', 'month') }} BETWEEN '1969-12-01' AND DATE '2101-01-01'
