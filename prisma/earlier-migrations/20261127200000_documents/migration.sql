-- Documents outlive their tasks. No step rewrites the table of chunks: the worker fills the new columns of existing rows
-- afterwards, a batch at a time.

CREATE TABLE "Document" (
    "id" UUID NOT NULL,
    "ownerId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "contentHash" TEXT,
    "uploadId" UUID,
    "taskId" UUID,
    "pages" INTEGER NOT NULL,
    "characters" INTEGER NOT NULL,
    "languages" TEXT[],
    "coverage" JSONB,
    "warnings" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Document_taskId_key" ON "Document"("taskId");
CREATE UNIQUE INDEX "Document_ownerId_contentHash_key" ON "Document"("ownerId", "contentHash");
CREATE INDEX "Document_ownerId_createdAt_id_idx" ON "Document"("ownerId", "createdAt" DESC, "id" DESC);
CREATE INDEX "Document_uploadId_idx" ON "Document"("uploadId");
ALTER TABLE "Document" ADD CONSTRAINT "Document_uploadId_fkey"
    FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Document" ADD CONSTRAINT "Document_taskId_fkey"
    FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The column keeps its values. From now on its writer gives them, and a worker of the version before leaves it null.
ALTER TABLE "DocumentChunk" ALTER COLUMN "search" DROP EXPRESSION;
ALTER TABLE "DocumentChunk" ALTER COLUMN "taskId" DROP NOT NULL;
ALTER TABLE "DocumentChunk"
    ADD COLUMN "documentId" UUID,
    ADD COLUMN "lastPage" INTEGER,
    ADD COLUMN "pageStarts" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    ADD COLUMN "headingPath" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "language" TEXT,
    ADD COLUMN "searchVersion" INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "DocumentChunk_documentId_ordinal_key" ON "DocumentChunk"("documentId", "ordinal");
CREATE INDEX "DocumentChunk_searchVersion_id_idx" ON "DocumentChunk"("searchVersion", "id");
ALTER TABLE "DocumentChunk" ADD CONSTRAINT "DocumentChunk_documentId_fkey"
    FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
