UPDATE outbox SET gone = true, dismissed_at = now() WHERE state = 'failed';
UPDATE inbox SET shown_at = now() WHERE state = 'queued';
UPDATE identities SET told_at = '2026-11-01T10:00:00Z' WHERE user_id = 'U2';
