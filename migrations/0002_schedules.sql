-- What is done at set times, and each time it was due: made once however many replicas run.

CREATE TABLE schedules (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    person_id uuid NOT NULL REFERENCES people,
    conversation_id uuid NOT NULL REFERENCES conversations,
    name text NOT NULL,
    spec jsonb NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schedules_name UNIQUE (workspace_id, person_id, name)
);
CREATE INDEX schedules_conversation ON schedules (conversation_id);

CREATE TABLE schedule_occurrences (
    schedule_id uuid NOT NULL REFERENCES schedules ON DELETE CASCADE,
    due_utc timestamptz NOT NULL,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schedule_occurrences_once PRIMARY KEY (schedule_id, due_utc)
);
