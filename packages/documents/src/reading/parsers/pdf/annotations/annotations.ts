import type { PictureTexts } from './picture-texts.ts';

/** The parts of an annotation of pdf.js that hold text. */
export interface Annotation {
  subtype: string;
  annotationFlags?: number;
  hidden?: boolean;
  fieldType?: string | null;
  fieldName?: string;
  fieldValue?: unknown;
  buttonValue?: unknown;
  exportValue?: unknown;
  checkBox?: boolean;
  radioButton?: boolean;
  pushButton?: boolean;
  password?: boolean;
  alternativeText?: string;
  combo?: boolean;
  options?: { exportValue: string; displayValue: string }[];
  textContent?: string[];
  contentsObj?: { str: string };
  file?: { filename: string };
  rect?: number[];
  /** The annotation has its own picture. */
  hasAppearance?: boolean;
}

/** Flags `Hidden` and `NoView` of annotations that are not shown (ISO 32000-2, table 167). */
const HIDDEN_FLAGS = 0b10_0010;

/** Annotations whose text may exist only in their pictures, besides push buttons and signatures. */
const DRAWN: ReadonlySet<string> = new Set(['Stamp', 'Screen', 'Movie', 'Sound', 'RichMedia', 'Watermark']);

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const textsOf = (values: readonly unknown[]): string[] => values.filter(isText).map((value) => value.trim());

/** A list shows all its options, a combination box only the chosen one. */
function choices({ combo, fieldValue, options = [] }: Annotation): string[] {
  const shown = options.map(({ displayValue }) => displayValue);
  const values = textsOf(Array.isArray(fieldValue) ? fieldValue : [fieldValue]);
  const chosen = values.map((value) => options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value);
  return combo === true ? chosen : [...textsOf(shown), ...chosen.filter((value) => !shown.includes(value))];
}

/** A checked box is represented by its description or its name. */
function checked(field: Annotation): string[] {
  const on = field.checkBox === true ? field.exportValue : field.buttonValue;
  if (!isText(field.fieldValue) || field.fieldValue === 'Off' || field.fieldValue !== on) return [];
  const [name] = textsOf([field.alternativeText, field.fieldName]);
  return textsOf([name, on === 'Yes' || on === 'On' || on === '1' ? undefined : on]);
}

function fieldTexts(field: Annotation): string[] {
  if (field.fieldType === 'Btn') return field.pushButton === true ? [] : checked(field);
  if (field.fieldType === 'Ch') return choices(field);
  return field.password === true ? [] : shownAndWritten(field.textContent?.join('\n') ?? '', field.fieldValue);
}

/** A text in its displayed form, and in its stored form if that differs: numbers and dates with their format. */
function shownAndWritten(shown: string, written: unknown): string[] {
  return typeof written === 'string' && squeeze(shown) === squeeze(written)
    ? textsOf([written])
    : textsOf([shown, written]);
}

function commentTexts(annotation: Annotation): string[] {
  return shownAndWritten(annotation.textContent?.join('\n') ?? '', annotation.contentsObj?.str ?? '');
}

function textsOfOne(annotation: Annotation): string[] {
  switch (annotation.subtype) {
    case 'Widget':
      return fieldTexts(annotation);
    case 'Link':
    case 'Popup':
      return [];
    default:
      return commentTexts(annotation);
  }
}

const squeeze = (text: string) => text.replace(/\s+/g, '');

/** The visible annotations. */
export function visibleOf(annotations: readonly Annotation[]): Annotation[] {
  return annotations.filter(
    ({ hidden, annotationFlags = 0 }) => hidden !== true && (annotationFlags & HIDDEN_FLAGS) === 0,
  );
}

/** Whether the text must be read from the picture: captions of buttons, signatures, stamps. */
export function isDrawn({ hasAppearance, pushButton, fieldType, subtype }: Annotation): boolean {
  return hasAppearance === true && (pushButton === true || fieldType === 'Sig' || DRAWN.has(subtype));
}

/**
 * The texts of the forms and comments on a page. Texts of pictures come from `pictures`. A popup repeats its comment,
 * and a link has no text.
 */
export function annotationTexts(annotations: readonly Annotation[], pictures: PictureTexts | undefined): string[] {
  return annotations.flatMap((annotation) => {
    const texts = textsOfOne(annotation);
    const picture = isDrawn(annotation) ? (pictures?.take(annotation.rect ?? []) ?? '') : '';
    const isRepeated = texts.some((text) => squeeze(text) === squeeze(picture));
    return isRepeated ? texts : [...textsOf([picture]), ...texts];
  });
}

/** The names of files that are attached to places of a page. */
export function attachedFiles(annotations: readonly Annotation[]): string[] {
  return annotations.flatMap(({ file }) => (file === undefined ? [] : [file.filename]));
}
