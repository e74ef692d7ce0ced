{{ Dimension('country', entity_path=['buyer']) }} ILIKE '%r\_%'
