import type { Section } from '@taskwire/documents';
import type { StageResultInput } from '@taskwire/tasks';
import type { StageContext } from '../../context/task-context.ts';
import { Findings } from '../../documents/findings.ts';
import { parseInThread } from '../../documents/parse-in-thread.ts';
import type { Spool } from '../../documents/spool.ts';
import { PermanentTaskError } from '../../task-error.ts';

/** The `parse` stage: reads a document's text into sections, and says what was not read. */
export async function parseDocument(
  stage: StageContext,
  file: { path: string; mediaType: string },
  spool: Spool<Section>,
): Promise<StageResultInput<'document.ingest', 'parse'>> {
  const findings = new Findings();
  await spool.fill(async (add) => {
    for await (const part of parseInThread({ ...file, signal: stage.signal })) {
      findings.add(part);
      await add(part.sections);
      if (part.warning !== undefined) await stage.log('warn', part.warning);
      await stage.progress(part.done, part.total, part.itemName);
    }
    if (findings.characters === 0) throw emptyDocument(file.mediaType);
  });
  const pagesWithoutText = findings.pagesWithoutTextWarning();
  if (pagesWithoutText !== undefined) await stage.log('warn', pagesWithoutText);
  return findings.result();
}

function emptyDocument(mediaType: string): PermanentTaskError {
  const hint =
    mediaType === 'application/pdf'
      ? ' (a scan?): run it through text recognition first, or let the worker do it (OCR_COMMAND)'
      : '';
  return new PermanentTaskError('DOCUMENT_EMPTY', `the document holds no text${hint}`);
}
