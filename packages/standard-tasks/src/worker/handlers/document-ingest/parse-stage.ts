import type { ParsedPart, Section } from '@taskwire/documents';
import type { documentIngest } from '../../../definitions/document-ingest.ts';
import type { StageResultInput } from '@taskwire/tasks';
import { type StageContext, PermanentTaskError } from '@taskwire/worker';
import { Findings } from '../../documents/findings.ts';
import { readDocument } from '../../documents/read-document.ts';
import type { ReadingSettings } from '../../documents/reading-settings.ts';
import { PartRecogniser } from '../../documents/recognition/recognise-parts.ts';
import { isRecognisable, textlessDocumentRemedy, textlessPagesRemedy } from '../../documents/recognition/remedies.ts';
import type { Spool } from '../../documents/spool.ts';

/** The file of a document, and the settings for reading it. */
interface DocumentFile {
  path: string;
  mediaType: string;
  reading: ReadingSettings;
}

/** The `parse` stage: reads a document's text into sections, and reports the unread parts. */
export async function parseDocument(
  stage: StageContext,
  file: DocumentFile,
  spool: Spool<Section>,
): Promise<StageResultInput<typeof documentIngest, 'parse'>> {
  const { path, mediaType, reading } = file;
  const recogniser = createRecogniser(stage, file);
  const isRecognising = recogniser !== undefined;
  const findings = new Findings({ remedy: textlessPagesRemedy(mediaType, isRecognising) });
  await spool.fill(async (add) => {
    for await (const parts of readDocument({ path, mediaType, limits: reading.limits, signal: stage.signal })) {
      const sections: Section[] = [];
      for (const part of parts) sections.push(...(await takePart(stage, part, { findings, recogniser })));
      await add(sections);
    }
    if (findings.characters === 0) throw emptyDocument(textlessDocumentRemedy(mediaType, isRecognising));
  });
  const pagesWithoutText = findings.pagesWithoutTextWarning();
  if (pagesWithoutText !== undefined) await stage.log('warn', pagesWithoutText);
  return findings.result();
}

/**
 * Counts a part and reports it.
 * @returns its sections, with recognised text.
 */
async function takePart(
  stage: StageContext,
  read: ParsedPart,
  { findings, recogniser }: { findings: Findings; recogniser: PartRecogniser | undefined },
): Promise<Section[]> {
  const { part, recognised, warnings } = (await recogniser?.complete(read)) ?? {
    part: read,
    recognised: [],
    warnings: [],
  };
  findings.add(part);
  findings.addRecognised(recognised);
  for (const warning of warnings) findings.addWarning(warning);
  for (const warning of [part.warning ?? [], warnings].flat()) await stage.log('warn', warning);
  await stage.progress(part.done, part.total, part.itemName);
  return part.sections;
}

function createRecogniser(stage: StageContext, { path, mediaType, reading }: DocumentFile): PartRecogniser | undefined {
  const { limits, recognition } = reading;
  if (recognition === undefined || !isRecognisable(mediaType)) return undefined;
  const onPage = (page: number, { done, total, pages }: ParsedPart) =>
    stage.progress(done, total, `page ${page} of ${pages}: text recognition`);
  return new PartRecogniser({ path, limits, settings: recognition, signal: stage.signal, onPage });
}

function emptyDocument(remedy: string): PermanentTaskError {
  return new PermanentTaskError('DOCUMENT_EMPTY', `the document holds no text${remedy}`);
}
