-- What chat platforms need beside the two queues.

-- How an answer belongs to its event. message_id is the platform's own id of the question's
-- message: edits and deletions name it. handle is what answers this very event for some minutes (an
-- interaction's token). placeholder is the platform's id of the message that says that the turn is
-- under way.
ALTER TABLE inbox
    ADD COLUMN message_id text,
    ADD COLUMN handle text,
    ADD COLUMN private boolean NOT NULL DEFAULT false,
    ADD COLUMN placeholder text;
CREATE INDEX inbox_message ON inbox (conversation_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX inbox_identity ON inbox (identity_id, position);

-- The platform's id of the message whose place a delivery takes: the answer to the question as it
-- was before an edit.
ALTER TABLE outbox ADD COLUMN replaces text;

-- Where a platform lets Almanac in. secret is sealed: XChaCha20-Poly1305 with the workspace's id as
-- associated data, a random nonce before it; null where the configuration has it. Nothing is sent
-- through a parked one.
CREATE TABLE installations (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    platform text NOT NULL,
    installation text NOT NULL,
    name text,
    secret bytea,
    parked_reason text,
    parked_at timestamptz,
    installed_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT installations_once PRIMARY KEY (workspace_id, platform, installation),
    CONSTRAINT installations_parked CHECK ((parked_reason IS NULL) = (parked_at IS NULL))
);

-- What one replica at a time may do, until its holder stops renewing.
CREATE TABLE leases (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    name text NOT NULL,
    holder text NOT NULL,
    until timestamptz NOT NULL,
    CONSTRAINT leases_once PRIMARY KEY (workspace_id, name)
);

-- How far a message got after the platform took it. Kept apart from the outbox: a platform tells of
-- it in any order, and of messages that a delivery was cut into.
CREATE TABLE receipts (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    platform text NOT NULL,
    installation text NOT NULL,
    provider_id text NOT NULL,
    stage text NOT NULL,
    reason text,
    at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT receipts_once PRIMARY KEY (workspace_id, platform, installation, provider_id),
    CONSTRAINT receipts_stage CHECK (stage IN ('delivered', 'read', 'failed'))
);

-- A code that a person gets in one direct chat and types in another: both identities are then one
-- person. Only its hash is kept; it works once and for a quarter of an hour.
CREATE TABLE link_codes (
    code_hash text NOT NULL,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    person_id uuid NOT NULL REFERENCES people,
    until timestamptz NOT NULL,
    CONSTRAINT link_codes_once PRIMARY KEY (workspace_id, code_hash)
);
CREATE INDEX link_codes_person ON link_codes (person_id);
