-- The language the asker has the platform in, where the platform says so: for words that do not tell
-- theirs.
ALTER TABLE inbox
    ADD COLUMN language text,
    ADD CONSTRAINT inbox_language CHECK (language IN ('en', 'es', 'pt'));
