-- The tables of documents. A database of a version before 20261128 has them already, and takes this migration as applied.
-- "Task" and "Upload" are the core's.

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
    "pageLabels" JSONB,
    "readWith" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Document_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Document_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Document_taskId_key" ON "Document"("taskId");
CREATE UNIQUE INDEX "Document_ownerId_contentHash_key" ON "Document"("ownerId", "contentHash");
CREATE INDEX "Document_ownerId_createdAt_id_idx" ON "Document"("ownerId", "createdAt" DESC, "id" DESC);
CREATE INDEX "Document_uploadId_idx" ON "Document"("uploadId");

CREATE TABLE "DocumentChunk" (
    "id" BIGSERIAL NOT NULL,
    "documentId" UUID,
    "taskId" UUID,
    "ordinal" INTEGER NOT NULL,
    "page" INTEGER NOT NULL,
    "lastPage" INTEGER,
    "pageStarts" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "overlap" INTEGER NOT NULL DEFAULT 0,
    "heading" TEXT,
    "headingPath" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "text" TEXT NOT NULL,
    "language" TEXT,
    "search" tsvector,
    "searchVersion" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DocumentChunk_pkey" PRIMARY KEY ("id"),
    -- A worker that writes the chunks of a document for minutes locks the document's row at the end only: until then,
    -- others may rename or detach the document.
    CONSTRAINT "DocumentChunk_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id")
        ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "DocumentChunk_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "DocumentChunk_taskId_ordinal_key" ON "DocumentChunk"("taskId", "ordinal");
CREATE UNIQUE INDEX "DocumentChunk_documentId_ordinal_key" ON "DocumentChunk"("documentId", "ordinal");
CREATE INDEX "DocumentChunk_searchVersion_id_idx" ON "DocumentChunk"("searchVersion", "id");
CREATE INDEX "DocumentChunk_search_idx" ON "DocumentChunk" USING GIN ("search");

-- The words of each owner's documents, found by words that are spelled a little differently.
CREATE TABLE "VocabularyTerm" (
    "ownerId" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "keys" INTEGER[],

    CONSTRAINT "VocabularyTerm_pkey" PRIMARY KEY ("ownerId", "form")
);
CREATE INDEX "VocabularyTerm_keys_idx" ON "VocabularyTerm" USING GIN ("keys");

CREATE TABLE "VocabularyRemoval" (
    "id" BIGSERIAL NOT NULL,
    "ownerId" TEXT NOT NULL,
    "forms" TEXT[],

    CONSTRAINT "VocabularyRemoval_pkey" PRIMARY KEY ("id")
);
