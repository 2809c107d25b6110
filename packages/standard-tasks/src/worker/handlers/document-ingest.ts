import type { Database } from '@taskwire/db';
import { chunkSchema, DEFAULT_OVERLAP, sectionSchema, TEXT_VERSION, type DocumentDatabase } from '@taskwire/documents';
import { type documentIngest } from '../../definitions/document-ingest.ts';
import type { ParsedTaskInput, TaskOutputInput } from '@taskwire/tasks';
import { derivedName, type UploadStorage } from '@taskwire/uploads';
import type { StageContext, TaskContext } from '@taskwire/worker';
import { isSharedUpload } from '../documents/derived-files.ts';
import { contentHashOf } from '../documents/file-hash.ts';
import type { ReadingSettings } from '../documents/reading-settings.ts';
import { Spool } from '../documents/spool.ts';
import { chunkDocument } from './document-ingest/chunk-stage.ts';
import { indexDocument } from './document-ingest/index-stage.ts';
import { parseDocument } from './document-ingest/parse-stage.ts';

type Ingest = typeof documentIngest;

/** Services that read, keep and index documents. */
export interface DocumentServices {
  database: Database;
  documents: DocumentDatabase;
  /** Storage of the uploads, beside which the results of stages are kept. */
  storage: UploadStorage;
  /** Settings of reading documents. */
  reading: ReadingSettings;
}

/**
 * Reads an uploaded document, cuts it into chunks and makes them searchable. Each stage leaves its result for the next
 * one in a file beside the uploads, so that memory is bounded for any document. A later attempt, or a retry of this
 * task, continues from these files.
 */
export async function ingestDocument(
  ctx: TaskContext<Ingest>,
  input: ParsedTaskInput<Ingest>,
  { database, documents, storage, reading }: DocumentServices,
): Promise<TaskOutputInput<Ingest>> {
  const upload = await ctx.openUpload(input.uploadId);
  const { mediaType, uploadId, fileName } = upload;
  const { chunkSize, overlap = DEFAULT_OVERLAP } = input;
  const { taskId } = ctx;
  // The file's name contains the text version, because a file of another version has another text.
  const names = { sections: `sections-${TEXT_VERSION}`, chunks: `chunks-${TEXT_VERSION}-${chunkSize}-${overlap}` };
  const derived = (name: string) => ({ storage, name: derivedName(uploadId, `${name}.ndjson`) });
  const sections = new Spool(derived(names.sections), sectionSchema);
  const chunks = new Spool(derived(names.chunks), chunkSchema);
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
