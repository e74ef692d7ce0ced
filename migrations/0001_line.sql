-- The line: who says what where, the queue of events to answer and the queue of answers to send.
--
-- What people and Almanac say is kept once, in messages.body; both queues point at it, so that
-- erasing it is one statement. It is json and not jsonb because it must come back as it was sent:
-- jsonb would reorder a card's keys and turn 1e16 into an integer.

CREATE TABLE workspaces (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    settings jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT workspaces_name UNIQUE (name)
);

CREATE TABLE people (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    name text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX people_workspace ON people (workspace_id);

CREATE TABLE identities (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    platform text NOT NULL,
    installation text NOT NULL,
    user_id text NOT NULL,
    person_id uuid NOT NULL REFERENCES people,
    name text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT identities_user UNIQUE (workspace_id, platform, installation, user_id)
);
CREATE INDEX identities_person ON identities (person_id);

CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    platform text NOT NULL,
    installation text NOT NULL,
    space_id text NOT NULL,
    kind text NOT NULL,
    thread text,
    state json,
    created_at timestamptz NOT NULL DEFAULT now(),
    active_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT conversations_kind CHECK (kind IN ('direct', 'channel')),
    CONSTRAINT conversations_space
        UNIQUE NULLS NOT DISTINCT (workspace_id, platform, installation, space_id, thread)
);

-- position gives the order in which events are taken: accepting locks the conversation's row
-- first, so within a conversation it is also the order in which they were made durable.
-- due_at is when a row may next be claimed: the end of its backoff, or of its lease.
CREATE TABLE inbox (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    position bigint GENERATED ALWAYS AS IDENTITY,
    platform text NOT NULL,
    installation text NOT NULL,
    event_id text NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    identity_id uuid NOT NULL REFERENCES identities,
    person_id uuid NOT NULL REFERENCES people,
    state text NOT NULL DEFAULT 'queued',
    due_at timestamptz NOT NULL DEFAULT now(),
    epoch bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    times_parked integer NOT NULL DEFAULT 0,
    worker text,
    error text,
    accepted_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT inbox_event UNIQUE (workspace_id, platform, installation, event_id),
    CONSTRAINT inbox_state CHECK (state IN ('queued', 'claimed', 'done', 'parked')),
    CONSTRAINT inbox_finished CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'parked')))
);
CREATE INDEX inbox_open ON inbox (position) WHERE state IN ('queued', 'claimed');
CREATE INDEX inbox_open_by_conversation ON inbox (conversation_id, position)
    WHERE state IN ('queued', 'claimed');
CREATE INDEX inbox_parked ON inbox (workspace_id, position) WHERE state = 'parked';
CREATE INDEX inbox_person ON inbox (person_id);

-- body is a Content where a person speaks and a Reply where Almanac does. exchange marks the
-- answers to typed questions: what a turn recalls, apart from answers to presses of buttons.
CREATE TABLE messages (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    position bigint GENERATED ALWAYS AS IDENTITY,
    conversation_id uuid NOT NULL REFERENCES conversations,
    inbox_id uuid NOT NULL REFERENCES inbox,
    person_id uuid REFERENCES people,
    side text NOT NULL,
    exchange boolean NOT NULL DEFAULT false,
    body json NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT messages_side CHECK (side IN ('person', 'almanac')),
    CONSTRAINT messages_speaker CHECK ((person_id IS NOT NULL) = (side = 'person')),
    CONSTRAINT messages_exchange CHECK (side = 'almanac' OR NOT exchange)
);
CREATE INDEX messages_conversation ON messages (conversation_id, position);
CREATE INDEX messages_exchanges ON messages (conversation_id, position) WHERE exchange;
CREATE INDEX messages_inbox ON messages (inbox_id);
CREATE INDEX messages_person ON messages (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    position bigint GENERATED ALWAYS AS IDENTITY,
    intent_key text NOT NULL,
    destination text NOT NULL,
    platform text NOT NULL,
    installation text NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    inbox_id uuid REFERENCES inbox,
    message_id uuid NOT NULL REFERENCES messages,
    state text NOT NULL DEFAULT 'queued',
    due_at timestamptz NOT NULL DEFAULT now(),
    epoch bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    worker text,
    error text,
    provider_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    CONSTRAINT outbox_intent UNIQUE (workspace_id, intent_key, destination),
    CONSTRAINT outbox_state CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'failed')),
    CONSTRAINT outbox_sent CHECK ((provider_id IS NOT NULL) = (state = 'sent')),
    CONSTRAINT outbox_settled CHECK ((settled_at IS NOT NULL) = (state NOT IN ('queued', 'sending')))
);
CREATE INDEX outbox_open ON outbox (position) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_open_by_conversation ON outbox (conversation_id, position)
    WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_undelivered ON outbox (workspace_id, position) WHERE state IN ('unknown', 'failed');
CREATE INDEX outbox_inbox ON outbox (inbox_id);
CREATE INDEX outbox_message ON outbox (message_id);
