-- What people mean by their words: "when I say sales I mean net revenue". Only people's own words
-- make a row. Nothing is overwritten: a later word closes valid_to and is named by superseded_by,
-- so that what was meant at any time can be told.
--
-- scope_id is the person's id, the channel as a JSON array of platform, installation and space, or
-- the workspace's id. valid_from is on the clock of the question, recorded_at on the database's.

CREATE TABLE definitions (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    scope_kind text NOT NULL,
    scope_id text NOT NULL,
    phrase text NOT NULL,
    folded text NOT NULL,
    metric text NOT NULL,
    inbox_id uuid NOT NULL REFERENCES inbox,
    person_id uuid NOT NULL REFERENCES people,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    superseded_by uuid REFERENCES definitions,
    CONSTRAINT definitions_scope CHECK (scope_kind IN ('person', 'channel', 'workspace')),
    CONSTRAINT definitions_interval CHECK (valid_to >= valid_from),
    CONSTRAINT definitions_superseded CHECK (superseded_by IS NULL OR valid_to IS NOT NULL)
);
CREATE UNIQUE INDEX definitions_in_force ON definitions (workspace_id, scope_kind, scope_id, folded)
    WHERE valid_to IS NULL;
CREATE INDEX definitions_inbox ON definitions (inbox_id);
CREATE INDEX definitions_person ON definitions (person_id);
CREATE INDEX definitions_superseded_by ON definitions (superseded_by)
    WHERE superseded_by IS NOT NULL;

-- The event in which a verdict was given in words; a button leaves none.
ALTER TABLE feedback ADD COLUMN given_in uuid REFERENCES inbox;
CREATE INDEX feedback_given_in ON feedback (given_in) WHERE given_in IS NOT NULL;
