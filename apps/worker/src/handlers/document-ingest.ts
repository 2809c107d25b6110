import { chunkSchema, sectionSchema } from '@taskwire/documents';
import type { ParsedTaskInput, TaskOutput } from '@taskwire/tasks';
import type { TaskContext } from '../context/task-context.ts';
import { fileOf } from '../uploads/opened-upload.ts';
import { chunkDocument } from './document-ingest/chunk.ts';
import { indexDocument } from './document-ingest/index.ts';
import { parseDocument } from './document-ingest/parse.ts';
import type { HandlerServices } from './handler.ts';

type Kind = 'document.ingest';

/**
 * Reads an uploaded document, cuts it into chunks and makes them searchable. What a stage leaves for the next lies in a
 * file beside the uploads: the document's size does not matter for memory, and a later attempt, or a task that does this
 * one again, goes on from there.
 */
export async function ingestDocument(
  ctx: TaskContext<Kind>,
  input: ParsedTaskInput<Kind>,
  services: HandlerServices,
): Promise<TaskOutput<Kind>> {
  const { database, openSpool, readingLimits } = services;
  const upload = await ctx.openUpload(input.uploadId);
  const { mediaType, uploadId, fileName } = upload;
  const { chunkSize } = input;
  const { taskId, attempt } = ctx;
  const sections = openSpool({ uploadId, name: 'sections', taskId, attempt }, sectionSchema);
  const chunks = openSpool({ uploadId, name: `chunks-${chunkSize}`, taskId, attempt }, chunkSchema);
  try {
    const file = { path: fileOf(upload).path, mediaType, limits: readingLimits };
    const parsed = await ctx.stage('parse', (stage) => parseDocument(stage, file, sections), {
      usable: () => sections.isComplete(),
    });
    const cutting = { sections, total: parsed.sections, chunks, chunkSize };
    const cut = await ctx.stage('chunk', (stage) => chunkDocument(stage, cutting), {
      usable: () => chunks.isComplete(),
    });
    const indexing = { database, taskId, chunks, total: cut.chunks };
    await ctx.stage('index', (stage) => indexDocument(stage, indexing));
    await Promise.all([sections.remove(), chunks.remove()]);
    const { sections: _, ...found } = parsed;
    return { fileName, mediaType, chunks: cut.chunks, ...found };
  } finally {
    await Promise.all([sections.close(), chunks.close()]);
  }
}
