import { cleanText, type ParsedPart, type ReadingLimits, type Section } from '@taskwire/documents';
import type { RecognitionSettings } from './recognition-settings.ts';
import { recognisePage } from './recognise-page.ts';

/** A part with the text that was recognised on its pages. */
export interface RecognisedPart {
  part: ParsedPart;
  /** Pages (1-based) whose text was recognised. They now count as pages with text. */
  recognised: number[];
  /** One sentence for each page whose text could not be recognised. */
  warnings: string[];
}

/** Dependencies of text recognition in a document. */
export interface PartRecogniserDependencies {
  path: string;
  limits: ReadingLimits;
  settings: RecognitionSettings;
  signal: AbortSignal;
  /** Called before the recognition of each page (1-based). `done` in `part` is the progress of the parts before it. */
  onPage: (page: number, part: ParsedPart) => Promise<void>;
}

/**
 * Recognises the text of pages without text.
 * Modes: working → without program (for the rest of the document).
 */
export class PartRecogniser {
  readonly #dependencies: PartRecogniserDependencies;
  #isMissing = false;
  /** Progress of the parts before this one. */
  #reached = 0;

  constructor(dependencies: PartRecogniserDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Adds the recognised text of the part's pages to its sections and its coverage.
   * @throws the signal's reason. A page that cannot be recognised becomes a warning.
   */
  async complete(part: ParsedPart): Promise<RecognisedPart> {
    const sections: Section[] = [];
    const warnings: string[] = [];
    for (const page of part.coverage?.pagesWithoutText ?? []) {
      if (this.#isMissing) break;
      const found = await this.#recognise(page, part);
      if ('text' in found) sections.push(...sectionsOf(page, found.text));
      else warnings.push(found.warning);
    }
    this.#reached = part.done;
    const recognised = sections.map(({ page }) => page);
    return { part: withText(part, sections), recognised, warnings };
  }

  async #recognise(page: number, part: ParsedPart): Promise<{ text: string } | { warning: string }> {
    const { onPage, ...request } = this.#dependencies;
    await onPage(page, { ...part, done: this.#reached });
    const found = await recognisePage({ ...request, page });
    if ('text' in found) return found;
    this.#isMissing = found.isMissing;
    return {
      warning: found.isMissing
        ? 'no text is recognised: the program for it (OCR, OCR_COMMAND) is not installed beside the worker'
        : `page ${page}: its text was not recognised: ${found.failure}`,
    };
  }
}

function sectionsOf(page: number, recognised: string): Section[] {
  const text = cleanText(recognised);
  return text === '' ? [] : [{ page, text }];
}

function withText(part: ParsedPart, sections: readonly Section[]): ParsedPart {
  if (part.coverage === undefined || sections.length === 0) return part;
  const { pagesWithText, pagesWithoutText } = part.coverage;
  const pages = new Set(sections.map(({ page }) => page));
  const coverage = {
    ...part.coverage,
    pagesWithText: pagesWithText + pages.size,
    pagesWithoutText: pagesWithoutText.filter((page) => !pages.has(page)),
  };
  // A part may count pages that come before its text.
  const inOrder = [...part.sections, ...sections].sort((left, right) => left.page - right.page);
  return { ...part, sections: inOrder, coverage };
}
