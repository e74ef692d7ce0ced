-- The platform's ids of the other messages that a delivery became: provider_id is of the one with the
-- buttons, and people react to any of them.
ALTER TABLE outbox ADD COLUMN others text[];
CREATE INDEX outbox_others ON outbox USING gin (others) WHERE others IS NOT NULL;
