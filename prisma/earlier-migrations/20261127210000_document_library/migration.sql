-- What the library of documents needs. No step rewrites a table.

ALTER TABLE "Upload" ADD COLUMN "contentHash" TEXT;
ALTER TABLE "Document" ADD COLUMN "pageLabels" JSONB, ADD COLUMN "readWith" TEXT;
ALTER TABLE "DocumentChunk" ADD COLUMN "overlap" INTEGER NOT NULL DEFAULT 0;

-- A worker that writes the chunks of a document for minutes locks the document's row at the end only: until then, others
-- may rename or detach the document.
ALTER TABLE "DocumentChunk" ALTER CONSTRAINT "DocumentChunk_documentId_fkey" DEFERRABLE INITIALLY DEFERRED;
