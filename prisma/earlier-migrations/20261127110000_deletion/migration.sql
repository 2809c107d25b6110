-- A task that does another one again names it, also after that one was deleted.
ALTER TABLE "Task" DROP CONSTRAINT "Task_retryOfId_fkey";

-- What retention looks through: ended tasks, oldest first. Prisma cannot describe an index of a part of a table.
CREATE INDEX "Task_endedAt_idx" ON "Task"("endedAt", "id") WHERE "archivedAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Upload_createdAt_id_idx" ON "Upload"("createdAt", "id");
