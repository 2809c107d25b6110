import { chunkSchema, chunksOf, sectionSchema, type Chunk, type Section } from '@taskwire/documents';
import type { ParsedTaskInput, StageResultInput, TaskOutput } from '@taskwire/tasks';
import type { StageContext, TaskContext } from '../context/task-context.ts';
import { indexChunks } from '../documents/chunk-index.ts';
import { parseInThread } from '../documents/parse-in-thread.ts';
import type { Spool } from '../documents/spool.ts';
import { PermanentTaskError } from '../task-error.ts';
import { fileOf } from '../uploads/opened-upload.ts';
import type { HandlerServices } from './handler.ts';

type Kind = 'document.ingest';

/** Sections cut at a time. */
const SECTION_BATCH = 20;
/** Chunks written to PostgreSQL at a time. */
const CHUNK_BATCH = 50;

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
  const { database, openSpool } = services;
  const upload = await ctx.openUpload(input.uploadId);
  const { mediaType, uploadId } = upload;
  const { chunkSize } = input;
  const file = { path: fileOf(upload).path, mediaType };
  const { taskId, attempt } = ctx;
  const sections = openSpool({ uploadId, name: 'sections', taskId, attempt }, sectionSchema);
  const chunks = openSpool({ uploadId, name: `chunks-${chunkSize}`, taskId, attempt }, chunkSchema);
  try {
    const parsed = await ctx.stage('parse', (stage) => parse(stage, file, sections), {
      usable: () => sections.isComplete(),
    });
    const cutting = { sections, total: parsed.sections, chunks, chunkSize };
    const cut = await ctx.stage('chunk', (stage) => chunk(stage, cutting), { usable: () => chunks.isComplete() });
    await ctx.stage('index', (stage) => {
      const batches = () => chunks.batches(CHUNK_BATCH);
      return indexChunks(database, { taskId: ctx.taskId, batches, signal: stage.signal }, (indexed) =>
        stage.progress(indexed, cut.chunks, `chunk ${indexed} of ${cut.chunks}`),
      );
    });
    await Promise.all([sections.remove(), chunks.remove()]);
    const { pages, characters } = parsed;
    return { fileName: upload.fileName, mediaType, pages, chunks: cut.chunks, characters };
  } finally {
    await Promise.all([sections.close(), chunks.close()]);
  }
}

async function parse(
  stage: StageContext,
  file: { path: string; mediaType: string },
  spool: Spool<Section>,
): Promise<StageResultInput<Kind, 'parse'>> {
  const found = { pages: 0, characters: 0, sections: 0 };
  await spool.fill(async (add) => {
    for await (const part of parseInThread({ ...file, signal: stage.signal })) {
      found.pages = part.pages;
      found.characters += part.sections.reduce((sum, section) => sum + section.text.length, 0);
      found.sections += part.sections.length;
      await add(part.sections);
      if (part.warning !== undefined) await stage.log('warn', part.warning);
      await stage.progress(part.done, part.total, part.itemName);
    }
    if (found.characters === 0) throw empty(file.mediaType);
  });
  return found;
}

function empty(mediaType: string): PermanentTaskError {
  const hint = mediaType === 'application/pdf' ? ' (a scan?): run it through text recognition first' : '';
  return new PermanentTaskError('DOCUMENT_EMPTY', `the document holds no text${hint}`);
}

async function chunk(
  stage: StageContext,
  parts: { sections: Spool<Section>; total: number; chunks: Spool<Chunk>; chunkSize: number },
): Promise<StageResultInput<Kind, 'chunk'>> {
  const { sections, total, chunks, chunkSize } = parts;
  let cut = 0;
  let count = 0;
  await chunks.fill(async (add) => {
    for await (const batch of sections.batches(SECTION_BATCH)) {
      const made = chunksOf(batch, chunkSize, count);
      await add(made);
      cut += batch.length;
      count += made.length;
      await stage.progress(cut, total, `page ${batch.at(-1)?.page ?? 1}`);
    }
  });
  return { chunks: count };
}
