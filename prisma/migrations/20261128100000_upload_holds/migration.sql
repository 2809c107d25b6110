-- Rows of extensions and of the team's own tables that keep an upload without a task.

CREATE TABLE "UploadHold" (
    "uploadId" UUID NOT NULL,
    "holder" TEXT NOT NULL,

    CONSTRAINT "UploadHold_pkey" PRIMARY KEY ("uploadId", "holder"),
    CONSTRAINT "UploadHold_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "UploadHold_holder_idx" ON "UploadHold"("holder");

-- Documents of a version before 20261128 lie in another schema or beside these tables. They hold their files from now on,
-- because the migrations of documents may come later, and the workers delete uploads that nothing holds.
DO $$
DECLARE
    documents REGCLASS;
BEGIN
    FOR documents IN
        SELECT conrelid FROM pg_constraint
        WHERE contype = 'f' AND confrelid = '"Upload"'::REGCLASS AND conname = 'Document_uploadId_fkey'
    LOOP
        EXECUTE format(
            'INSERT INTO "UploadHold" ("uploadId", "holder")
            SELECT "uploadId", ''document:'' || "id" FROM %s WHERE "uploadId" IS NOT NULL',
            documents
        );
    END LOOP;
END
$$;
