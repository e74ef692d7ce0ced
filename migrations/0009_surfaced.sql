-- What people who run Almanac see and settle, and what people who ask see while they wait.

-- gone: the person blocked Almanac or left, so that nobody has to mend anything. dismissed_at: somebody
-- has seen that it did not arrive, and it is listed no more.
ALTER TABLE outbox
    ADD COLUMN gone boolean NOT NULL DEFAULT false,
    ADD COLUMN dismissed_at timestamptz;
DROP INDEX outbox_undelivered;
CREATE INDEX outbox_undelivered ON outbox (workspace_id, position)
    WHERE state IN ('unknown', 'failed') AND dismissed_at IS NULL;

-- When it was first shown that a question waits for its turn.
ALTER TABLE inbox ADD COLUMN shown_at timestamptz;

-- When a stranger was told that they are not answered.
ALTER TABLE identities ADD COLUMN told_at timestamptz;
