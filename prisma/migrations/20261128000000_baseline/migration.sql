-- The tables of tasks. An existing database of an earlier version has them already, and takes this migration as applied.

CREATE TYPE "TaskStatus" AS ENUM ('queued', 'running', 'retrying', 'canceling', 'done', 'error', 'canceled');

CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Project_ownerId_name_key" ON "Project"("ownerId", "name");
CREATE INDEX "Project_ownerId_createdAt_id_idx" ON "Project"("ownerId", "createdAt" DESC, "id" DESC);

CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "ownerId" TEXT NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "priority" INTEGER NOT NULL,
    "status" "TaskStatus" NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "percent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "output" JSONB,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "snapshot" JSONB,
    "snapshotSeq" BIGINT NOT NULL DEFAULT 0,
    "retryOfId" UUID,
    "timeoutMs" INTEGER,
    "idempotencyKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Task_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Task_ownerId_idempotencyKey_key" ON "Task"("ownerId", "idempotencyKey");
CREATE INDEX "Task_ownerId_createdAt_id_idx" ON "Task"("ownerId", "createdAt" DESC, "id" DESC);
CREATE INDEX "Task_projectId_createdAt_id_idx" ON "Task"("projectId", "createdAt" DESC, "id" DESC);
CREATE INDEX "Task_retryOfId_idx" ON "Task"("retryOfId");
-- What the reconciler looks through: tasks that have not ended, and ended ones whose log is not archived yet. Both are
-- few beside all tasks. Prisma cannot describe an index of a part of a table.
CREATE INDEX "Task_unsettled_idx" ON "Task"("createdAt", "id") WHERE "archivedAt" IS NULL;
-- What retention looks through: ended tasks, oldest first.
CREATE INDEX "Task_endedAt_idx" ON "Task"("endedAt", "id") WHERE "archivedAt" IS NOT NULL;

CREATE TABLE "StageResult" (
    "taskId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StageResult_pkey" PRIMARY KEY ("taskId", "stage"),
    CONSTRAINT "StageResult_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "TaskHistory" (
    "taskId" UUID NOT NULL,
    "fromSeq" BIGINT NOT NULL,
    "toSeq" BIGINT NOT NULL,
    "events" JSONB NOT NULL,

    CONSTRAINT "TaskHistory_pkey" PRIMARY KEY ("taskId", "fromSeq"),
    CONSTRAINT "TaskHistory_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Upload" (
    "id" UUID NOT NULL,
    "ownerId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "contentHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Upload_ownerId_createdAt_idx" ON "Upload"("ownerId", "createdAt" DESC);
CREATE INDEX "Upload_createdAt_id_idx" ON "Upload"("createdAt", "id");

CREATE TABLE "TaskUpload" (
    "taskId" UUID NOT NULL,
    "uploadId" UUID NOT NULL,

    CONSTRAINT "TaskUpload_pkey" PRIMARY KEY ("taskId", "uploadId"),
    CONSTRAINT "TaskUpload_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "TaskUpload_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "TaskUpload_uploadId_idx" ON "TaskUpload"("uploadId");
