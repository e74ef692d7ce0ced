UPDATE inbox SET message_id = 'M1', handle = 'token', private = true, placeholder = 'M2' WHERE id = '00000000-0000-7000-8000-000000000041';
INSERT INTO installations (workspace_id, platform, installation, name, secret, parked_reason, parked_at) VALUES
    ('00000000-0000-7000-8000-000000000001', 'sample', 'one', 'One', '\x00ff', NULL, NULL),
    ('00000000-0000-7000-8000-000000000001', 'sample', 'two', NULL, NULL, 'token_revoked', '2026-11-01T10:00:00Z');
INSERT INTO leases (workspace_id, name, holder, until) VALUES
    ('00000000-0000-7000-8000-000000000001', 'sample/poller', 'replica-1', '2026-11-01T10:00:30Z');
INSERT INTO receipts (workspace_id, platform, installation, provider_id, stage, reason) VALUES
    ('00000000-0000-7000-8000-000000000001', 'sample', 'one', 'M2', 'read', NULL),
    ('00000000-0000-7000-8000-000000000001', 'sample', 'one', 'M3', 'failed', 'blocked');
INSERT INTO link_codes (code_hash, workspace_id, person_id, until) VALUES
    ('5f1d', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000011', '2026-11-01T10:15:00Z');
