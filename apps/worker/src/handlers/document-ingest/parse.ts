import type { ParsedPart, ReadingLimits, Section } from '@taskwire/documents';
import type { StageResultInput } from '@taskwire/tasks';
import type { StageContext } from '../../context/task-context.ts';
import { Findings } from '../../documents/findings.ts';
import { readDocument } from '../../documents/read-document.ts';
import type { Spool } from '../../documents/spool.ts';
import { PermanentTaskError } from '../../task-error.ts';

/** The `parse` stage: reads a document's text into sections, and says what was not read. */
export async function parseDocument(
  stage: StageContext,
  file: { path: string; mediaType: string; limits: ReadingLimits },
  spool: Spool<Section>,
): Promise<StageResultInput<'document.ingest', 'parse'>> {
  const findings = new Findings();
  await spool.fill(async (add) => {
    for await (const parts of readDocument({ ...file, signal: stage.signal })) {
      await add(parts.flatMap((part) => part.sections));
      for (const part of parts) {
        findings.add(part);
        await announce(stage, part);
      }
    }
    if (findings.characters === 0) throw emptyDocument(file.mediaType);
  });
  const pagesWithoutText = findings.pagesWithoutTextWarning();
  if (pagesWithoutText !== undefined) await stage.log('warn', pagesWithoutText);
  return findings.result();
}

async function announce(stage: StageContext, { warning, done, total, itemName }: ParsedPart): Promise<void> {
  if (warning !== undefined) await stage.log('warn', warning);
  await stage.progress(done, total, itemName);
}

function emptyDocument(mediaType: string): PermanentTaskError {
  const hint =
    mediaType === 'application/pdf'
      ? ' (a scan?): run it through text recognition first, or let the worker do it (OCR_COMMAND)'
      : '';
  return new PermanentTaskError('DOCUMENT_EMPTY', `the document holds no text${hint}`);
}
