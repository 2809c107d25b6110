import { chunkSchema, DEFAULT_OVERLAP, sectionSchema, TEXT_VERSION } from '@taskwire/documents';
import type { ParsedTaskInput, TaskOutput } from '@taskwire/tasks';
import type { HandlerServices } from '../context/handler.ts';
import type { StageContext, TaskContext } from '../context/task-context.ts';
import { isSharedUpload } from '../documents/derived-files.ts';
import { contentHashOf } from '../documents/file-hash.ts';
import { chunkDocument } from './document-ingest/chunk-stage.ts';
import { indexDocument } from './document-ingest/index-stage.ts';
import { parseDocument } from './document-ingest/parse-stage.ts';

type Kind = 'document.ingest';

/**
 * Reads an uploaded document, cuts it into chunks and makes them searchable. Each stage leaves its result for the next
 * one in a file beside the uploads, so that memory is bounded for any document. A later attempt, or a retry of this
 * task, continues from these files.
 */
export async function ingestDocument(
  ctx: TaskContext<Kind>,
  input: ParsedTaskInput<Kind>,
  services: HandlerServices,
): Promise<TaskOutput<Kind>> {
  const { database, documents, openSpool, reading } = services;
  const upload = await ctx.openUpload(input.uploadId);
  const { mediaType, uploadId, fileName } = upload;
  const { chunkSize, overlap = DEFAULT_OVERLAP } = input;
  const { taskId } = ctx;
  // The file's name contains the text version, because a file of another version has another text.
  const names = { sections: `sections-${TEXT_VERSION}`, chunks: `chunks-${TEXT_VERSION}-${chunkSize}-${overlap}` };
  const sections = openSpool({ uploadId, name: names.sections }, sectionSchema);
  const chunks = openSpool({ uploadId, name: names.chunks }, chunkSchema);
  try {
    const parse = async (stage: StageContext) =>
      parseDocument(stage, { path: await upload.path(), mediaType, reading }, sections);
    const parsed = await ctx.stage('parse', parse, { usable: () => sections.isComplete() });
    const cutting = { sections, total: parsed.sections, chunks, settings: { chunkSize, overlap } };
    const cut = await ctx.stage('chunk', (stage) => chunkDocument(stage, cutting), {
      usable: () => chunks.isComplete(),
    });
    const { sections: _, pageLabels, ...found } = parsed;
    const facts = {
      ...{ ownerId: ctx.ownerId, taskId, uploadId, fileName, mediaType, warnings: [], ...found },
      contentHash: await contentHashOf(upload, { database, signal: ctx.signal }),
      readWith: `text ${TEXT_VERSION}, chunks ${chunkSize}, overlap ${overlap}`,
      ...(pageLabels === undefined ? {} : { pageLabels }),
      ...(input.replaces === undefined ? {} : { replaces: input.replaces }),
    };
    const indexing = { documents, facts, chunks, total: cut.chunks };
    const indexed = await ctx.stage('index', (stage) => indexDocument(stage, indexing));
    if (!(await isSharedUpload(database, { uploadId, taskId })))
      await Promise.all([sections.remove(), chunks.remove()]);
    return { fileName, mediaType, chunks: cut.chunks, ...found, ...indexed };
  } finally {
    await Promise.all([sections.close(), chunks.close()]);
  }
}
