/** The destination of a group's text: the document, one of its tables, or none. */
export type RtfTarget = 'text' | 'skipped' | 'fonts' | 'styles' | 'title' | 'instruction' | 'author' | 'name' | 'value';

/** State of a group until its end. A nested group begins with a copy. */
export interface RtfGroup {
  target: RtfTarget;
  font: number;
  /** Number of characters after a Unicode character that replace it in old readers. */
  fallbackLength: number;
  isHidden: boolean;
  isDeleted: boolean;
  /** Properties of the paragraphs that end in this group. */
  style: number;
  outlineLevel: number | undefined;
  isInTable: boolean;
  breaksBefore: boolean;
  /** Whether `\*` came: an unknown destination is then skipped. */
  isOptional: boolean;
  onEnd: (() => void) | undefined;
}

export const FIRST_GROUP: Readonly<RtfGroup> = {
  target: 'text',
  font: -1,
  fallbackLength: 1,
  isHidden: false,
  isDeleted: false,
  style: 0,
  outlineLevel: undefined,
  isInTable: false,
  breaksBefore: false,
  isOptional: false,
  onEnd: undefined,
};
