{{ Metric('sales', group_by=['buyer']) }} >= 3 OR {{ Entity('buyer') }} IS NULL
