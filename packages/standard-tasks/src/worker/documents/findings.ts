import type { ParsedPart } from '@taskwire/documents';
import { countPages, type PageRange } from '../../words/document-words.ts';
import type { documentIngest } from '../../definitions/document-ingest.ts';
import type { StageResultInput } from '@taskwire/tasks';

type ParseResult = StageResultInput<typeof documentIngest, 'parse'>;

/** Largest number of warnings in a result. The stage's log has all of them. */
const MOST_WARNINGS = 50;
/** Largest number of page labels in a result, and the longest label (UTF-16 units). */
const MOST_LABELS = 10_000;
const LONGEST_LABEL = 30;

/** Sums up the parts of a document: its size, its coverage, and the warnings for its owner. */
export class Findings {
  characters = 0;
  readonly #remedy: string;
  #pages = 0;
  #sections = 0;
  #pagesWithText = 0;
  #hasCoverage = false;
  #warningCount = 0;
  readonly #pagesWithoutText: PageRange[] = [];
  readonly #pagesUnreadable: PageRange[] = [];
  readonly #pagesRecognised: PageRange[] = [];
  readonly #warnings: string[] = [];
  readonly #pageLabels = new Map<string, string>();

  /** @param remedy the end of the warning about pages without text; see `textlessPagesRemedy`. */
  constructor({ remedy }: { remedy: string }) {
    this.#remedy = remedy;
  }

  /** Adds the next part. Parts come in page order. */
  add({ pages, sections, coverage, warning, pageLabels }: ParsedPart): void {
    this.#pages = pages;
    this.#sections += sections.length;
    for (const { text } of sections) this.characters += text.length;
    if (coverage !== undefined) {
      this.#hasCoverage = true;
      this.#pagesWithText += coverage.pagesWithText;
      for (const page of coverage.pagesWithoutText) addPage(this.#pagesWithoutText, page);
      for (const page of coverage.pagesUnreadable) addPage(this.#pagesUnreadable, page);
    }
    if (warning !== undefined) this.addWarning(warning);
    for (const [page, label] of Object.entries(pageLabels ?? {})) this.#label(page, label);
  }

  /** Adds pages whose text was recognised in their pictures. The part counts them as pages with text. */
  addRecognised(pages: readonly number[]): void {
    for (const page of pages) addPage(this.#pagesRecognised, page);
  }

  /** Adds a warning for the owner. */
  addWarning(warning: string): void {
    this.#warningCount += 1;
    if (this.#warnings.length < MOST_WARNINGS) this.#warnings.push(warning);
  }

  /** `9 of 10 pages hold no text: …`; undefined if all pages have text. */
  pagesWithoutTextWarning(): string | undefined {
    const without = countPages(this.#pagesWithoutText);
    if (without === 0) return undefined;
    const verb = without === 1 ? 'holds' : 'hold';
    return `${without} of ${this.#pages} pages ${verb} no text${this.#remedy}`;
  }

  /** The result of the `parse` stage. */
  result(): ParseResult {
    const warnings = this.#allWarnings();
    return {
      pages: this.#pages,
      characters: this.characters,
      sections: this.#sections,
      ...(this.#hasCoverage ? { coverage: this.#coverage() } : {}),
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(this.#pageLabels.size === 0 ? {} : { pageLabels: Object.fromEntries(this.#pageLabels) }),
    };
  }

  #coverage(): NonNullable<ParseResult['coverage']> {
    return {
      pagesWithText: this.#pagesWithText,
      pagesWithoutText: this.#pagesWithoutText,
      pagesUnreadable: this.#pagesUnreadable,
      ...(this.#pagesRecognised.length === 0 ? {} : { pagesRecognised: this.#pagesRecognised }),
    };
  }

  #label(page: string, label: string): void {
    if (this.#pageLabels.size < MOST_LABELS && label.length <= LONGEST_LABEL) this.#pageLabels.set(page, label);
  }

  #allWarnings(): string[] {
    const omitted = this.#warningCount - this.#warnings.length;
    return [
      this.pagesWithoutTextWarning() ?? [],
      this.#warnings,
      omitted === 0 ? [] : `${omitted} more warnings: see the task's log`,
    ].flat();
  }
}

/** Adds a page to runs of pages. A page that follows the last run extends it. */
function addPage(ranges: PageRange[], page: number): void {
  const last = ranges.at(-1);
  if (last?.to === page - 1) last.to = page;
  else ranges.push({ from: page, to: page });
}
