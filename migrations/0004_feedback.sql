-- Good or bad: what a person thought of an answer. The last word counts.

CREATE TABLE feedback (
    inbox_id uuid NOT NULL REFERENCES inbox,
    person_id uuid NOT NULL REFERENCES people,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    verdict text NOT NULL,
    note text,
    at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT feedback_once PRIMARY KEY (inbox_id, person_id),
    CONSTRAINT feedback_verdict CHECK (verdict IN ('good', 'bad'))
);
CREATE INDEX feedback_workspace ON feedback (workspace_id, at);

-- A button names the message it was on by the platform's id.
CREATE INDEX outbox_receipt ON outbox (workspace_id, platform, installation, provider_id)
    WHERE provider_id IS NOT NULL;
