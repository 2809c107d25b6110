-- CreateTable
CREATE TABLE "TaskUpload" (
    "taskId" UUID NOT NULL,
    "uploadId" UUID NOT NULL,

    CONSTRAINT "TaskUpload_pkey" PRIMARY KEY ("taskId","uploadId")
);

-- CreateIndex
CREATE INDEX "TaskUpload_uploadId_idx" ON "TaskUpload"("uploadId");

-- AddForeignKey
ALTER TABLE "TaskUpload" ADD CONSTRAINT "TaskUpload_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskUpload" ADD CONSTRAINT "TaskUpload_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Tasks of earlier versions name their upload in their input alone.
INSERT INTO "TaskUpload" ("taskId", "uploadId")
SELECT task.id, upload.id
FROM "Task" task
    JOIN "Upload" upload ON upload.id::text = lower(task.input ->> 'uploadId') AND upload."ownerId" = task."ownerId";
