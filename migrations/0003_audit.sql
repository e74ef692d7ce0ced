-- Who did what. Rows are added and never changed, but for one thing: the erasure of a person's
-- data, which blanks `detail` and `person_id` in a transaction that has said
--     SET LOCAL almanac.erasure = 'on'
-- and itself leaves a row behind.

CREATE TABLE audit (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspaces,
    position bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    person_id uuid,
    conversation_id uuid,
    inbox_id uuid,
    action text NOT NULL,
    detail jsonb NOT NULL
);
CREATE INDEX audit_workspace ON audit (workspace_id, position);
CREATE INDEX audit_person ON audit (person_id) WHERE person_id IS NOT NULL;

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('almanac.erasure', true) = 'on' THEN
        IF NEW.id = OLD.id AND NEW.workspace_id = OLD.workspace_id
            AND NEW.position = OLD.position AND NEW.at = OLD.at AND NEW.action = OLD.action
            AND NEW.conversation_id IS NOT DISTINCT FROM OLD.conversation_id
            AND NEW.inbox_id IS NOT DISTINCT FROM OLD.inbox_id
            AND NEW.person_id IS NULL
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append only'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_append_only', TABLE = 'audit';
END $$;

CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_table BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
