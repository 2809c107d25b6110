/** The destination of a group's text: the document, one of its tables, or nothing that is read. */
export type RtfTarget = 'text' | 'skipped' | 'fonts' | 'styles' | 'title' | 'instruction' | 'author' | 'name' | 'value';

/** State of a group until it ends; a group within it begins with the same. */
export interface RtfGroup {
  target: RtfTarget;
  font: number;
  /** Characters behind a Unicode character that stand for it in old readers. */
  fallbackLength: number;
  isHidden: boolean;
  isDeleted: boolean;
  /** Properties of the paragraphs that end in this group. */
  style: number;
  outlineLevel: number | undefined;
  isInTable: boolean;
  breaksBefore: boolean;
  /** Whether `\*` came: a destination that is not known is skipped. */
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
