-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "archivedAt" TIMESTAMPTZ(3),
ADD COLUMN     "retryOfId" UUID,
ADD COLUMN     "timeoutMs" INTEGER,
ALTER COLUMN "snapshotSeq" SET DATA TYPE BIGINT;

-- CreateTable
CREATE TABLE "StageResult" (
    "taskId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StageResult_pkey" PRIMARY KEY ("taskId","stage")
);

-- CreateTable
CREATE TABLE "TaskHistory" (
    "taskId" UUID NOT NULL,
    "fromSeq" BIGINT NOT NULL,
    "toSeq" BIGINT NOT NULL,
    "events" JSONB NOT NULL,

    CONSTRAINT "TaskHistory_pkey" PRIMARY KEY ("taskId","fromSeq")
);

-- What the reconciler looks through: tasks that have not ended, and ended ones whose log is not archived yet. Both are
-- few beside all tasks. Prisma cannot describe an index of a part of a table.
CREATE INDEX "Task_unsettled_idx" ON "Task"("createdAt", "id") WHERE "archivedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Task_retryOfId_idx" ON "Task"("retryOfId");

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_retryOfId_fkey" FOREIGN KEY ("retryOfId") REFERENCES "Task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StageResult" ADD CONSTRAINT "StageResult_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskHistory" ADD CONSTRAINT "TaskHistory_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;
