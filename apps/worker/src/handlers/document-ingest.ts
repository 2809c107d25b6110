import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import type { Upload } from '@taskwire/db';
import type { ParsedTaskInput, TaskOutput } from '@taskwire/tasks';
import type { StageContext, TaskContext } from '../context/task-context.ts';
import { indexChunks } from '../documents/chunk-index.ts';
import { chunkSchema, chunksOf, type Chunk } from '../documents/chunker.ts';
import { parseInThread } from '../documents/parse-in-thread.ts';
import { sectionSchema, type Section } from '../documents/section.ts';
import { Spool, withSpoolFolder } from '../documents/spool.ts';
import { PermanentTaskError } from '../task-error.ts';
import type { HandlerServices } from './handler.ts';

/** Sections cut at a time. */
const SECTION_BATCH = 20;
/** Chunks written to PostgreSQL at a time. */
const CHUNK_BATCH = 50;

/**
 * Reads an uploaded document, cuts it into chunks and makes them searchable. What a stage leaves for the next lies in
 * a temporary file, so that the document's size does not matter for memory.
 */
export async function ingestDocument(
  ctx: TaskContext<'document.ingest'>,
  input: ParsedTaskInput<'document.ingest'>,
  services: HandlerServices,
): Promise<TaskOutput<'document.ingest'>> {
  const upload = await findUpload(ctx.ownerId, input.uploadId, services);
  return withSpoolFolder(async (folder) => {
    const sections = new Spool(join(folder, 'sections.ndjson'), sectionSchema);
    const chunks = new Spool(join(folder, 'chunks.ndjson'), chunkSchema);
    try {
      const { mediaType } = upload;
      const path = join(services.uploadDirectory, upload.id);
      const parsed = await ctx.stage('parse', (stage) => parse(stage, { path, mediaType }, sections));
      await ctx.stage('chunk', (stage) => chunk(stage, { sections, chunks, chunkSize: input.chunkSize }));
      await ctx.stage('index', (stage) => index(stage, chunks, { taskId: ctx.taskId, database: services.database }));
      return { fileName: upload.fileName, mediaType, chunks: chunks.count, ...parsed };
    } finally {
      await Promise.all([sections.close(), chunks.close()]);
    }
  });
}

async function findUpload(ownerId: string, uploadId: string, services: HandlerServices): Promise<Upload> {
  const upload = await services.database.upload.findFirst({ where: { id: uploadId, ownerId } });
  if (upload !== null && (await fileExists(join(services.uploadDirectory, upload.id)))) return upload;
  throw new PermanentTaskError(
    'UPLOAD_MISSING',
    'the uploaded file is no longer there: upload it again and create a new task',
  );
}

/** A file that is there but cannot be reached is another matter: it may be reachable later. */
async function fileExists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function parse(
  stage: StageContext,
  file: { path: string; mediaType: string },
  sections: Spool<Section>,
): Promise<{ pages: number; characters: number }> {
  let pages = 0;
  let characters = 0;
  for await (const part of parseInThread({ ...file, signal: stage.signal })) {
    pages = part.pages;
    characters += part.sections.reduce((sum, section) => sum + section.text.length, 0);
    await sections.write(part.sections);
    if (part.warning !== undefined) await stage.log('warn', part.warning);
    await stage.progress(part.done, part.total, part.itemName);
  }
  if (characters > 0) return { pages, characters };
  const hint = file.mediaType === 'application/pdf' ? ' (a scan?): run it through text recognition first' : '';
  throw new PermanentTaskError('DOCUMENT_EMPTY', `the document holds no text${hint}`);
}

async function chunk(
  stage: StageContext,
  { sections, chunks, chunkSize }: { sections: Spool<Section>; chunks: Spool<Chunk>; chunkSize: number },
): Promise<void> {
  let cut = 0;
  for await (const batch of sections.batches(SECTION_BATCH)) {
    await chunks.write(chunksOf(batch, chunkSize, chunks.count));
    cut += batch.length;
    await stage.progress(cut, sections.count, `page ${batch.at(-1)?.page ?? 1}`);
  }
}

async function index(
  stage: StageContext,
  chunks: Spool<Chunk>,
  { taskId, database }: { taskId: string; database: HandlerServices['database'] },
): Promise<void> {
  await indexChunks(database, { taskId, batches: chunks.batches(CHUNK_BATCH) }, (indexed) =>
    stage.progress(indexed, chunks.count, `chunk ${indexed} of ${chunks.count}`),
  );
}
