INSERT INTO outbox (id, workspace_id, intent_key, destination, platform, installation, conversation_id, inbox_id, message_id, state, epoch, attempts, error, settled_at, gone, dismissed_at)
SELECT '00000000-0000-7000-8000-000000000069', workspace_id, 'left', destination, platform, installation, conversation_id, inbox_id, message_id, 'failed', 1, 1, 'they left', now(), true, now()
FROM outbox WHERE id = '00000000-0000-7000-8000-000000000062';
UPDATE inbox SET shown_at = now() WHERE state = 'queued';
UPDATE identities SET told_at = '2026-11-01T10:00:00Z' WHERE user_id = 'U2';
