-- What keeps an upload besides tasks: rows of extensions and of the team's own tables.

CREATE TABLE "UploadHold" (
    "uploadId" UUID NOT NULL,
    "holder" TEXT NOT NULL,

    CONSTRAINT "UploadHold_pkey" PRIMARY KEY ("uploadId", "holder"),
    CONSTRAINT "UploadHold_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "UploadHold_holder_idx" ON "UploadHold"("holder");
