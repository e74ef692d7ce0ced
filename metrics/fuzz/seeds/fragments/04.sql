{{ Dimension('sale__channel') }} IN ('web', 'shop') AND {{ Dimension('buyer__country') }} <> 'BR'
