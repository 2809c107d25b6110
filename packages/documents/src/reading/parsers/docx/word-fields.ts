/** Fields whose result is a page number, which has a meaning only in print. */
const NUMBERS_ONLY = /^\s*(PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b/i;
const HYPERLINK = /^\s*HYPERLINK\s+"([^"]*)"/i;

interface Field {
  instruction: string;
  isResult: boolean;
}

/** Whether a field with this instruction shows only page numbers. */
export function isPageField(instruction: string): boolean {
  return NUMBERS_ONLY.test(instruction);
}

/** The address that a field with this instruction links to, if it is a link. */
export function linkOfField(instruction: string): string | undefined {
  return HYPERLINK.exec(instruction)?.[1];
}

/** The fields that are open at a place in a text. Each has an instruction, then a result, which is shown. */
export class WordFields {
  readonly #open: Field[] = [];

  begin(): void {
    this.#open.push({ instruction: '', isResult: false });
  }

  instruct(text: string): void {
    const field = this.#open.at(-1);
    if (field !== undefined && !field.isResult) field.instruction += text;
  }

  separate(): void {
    const field = this.#open.at(-1);
    if (field !== undefined) field.isResult = true;
  }

  /** Ends the innermost field. @returns the address that it links to, if it is a link. */
  end(): string | undefined {
    return linkOfField(this.#open.pop()?.instruction ?? '');
  }

  /** Whether text at this place is skipped. */
  get isSilent(): boolean {
    return this.#open.some((field) => field.isResult && isPageField(field.instruction));
  }
}
