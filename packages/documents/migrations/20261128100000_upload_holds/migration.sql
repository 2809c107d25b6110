-- A document holds its file, whichever version of Taskwire writes its row: the core deletes no upload that has a hold.

CREATE FUNCTION hold_document_upload() RETURNS trigger
LANGUAGE plpgsql
-- The tables of now, although a later session may find others.
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM "UploadHold" WHERE "uploadId" = OLD."uploadId" AND "holder" = 'document:' || OLD."id";
    END IF;
    IF TG_OP <> 'DELETE' AND NEW."uploadId" IS NOT NULL THEN
        INSERT INTO "UploadHold" ("uploadId", "holder") VALUES (NEW."uploadId", 'document:' || NEW."id")
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "Document_uploadId_hold"
AFTER INSERT OR DELETE OR UPDATE OF "uploadId" ON "Document"
FOR EACH ROW EXECUTE FUNCTION hold_document_upload();

INSERT INTO "UploadHold" ("uploadId", "holder")
SELECT "uploadId", 'document:' || "id" FROM "Document" WHERE "uploadId" IS NOT NULL
ON CONFLICT DO NOTHING;
