CASE WHEN total > 1e3 AND NOT (channel = 'gift' OR channel IS NULL) THEN upper(left(channel, 3)) || '-x' ELSE 'O''Hara' END <> 'x'
