UPDATE outbox SET gone = true, dismissed_at = now()
WHERE id = '00000000-0000-7000-8000-000000000062';
UPDATE inbox SET shown_at = now() WHERE state = 'queued';
UPDATE identities SET told_at = '2026-11-01T10:00:00Z' WHERE user_id = 'U2';
