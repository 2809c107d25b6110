/** The parts of an annotation of pdf.js that hold text. */
interface Annotation {
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
  alternativeText?: string;
  options?: { exportValue: string; displayValue: string }[];
  textContent?: string[];
  contentsObj?: { str: string };
  titleObj?: { str: string };
  file?: { filename: string };
}

/** Flags of an annotation that is neither shown nor printed (ISO 32000-2, table 167). */
const HIDDEN_FLAGS = 0b10;

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const textsOf = (values: readonly unknown[]): string[] => values.filter(isText).map((value) => value.trim());

/** What a choice shows for the values that are chosen. */
function chosen({ fieldValue, options = [] }: Annotation): string[] {
  const values = textsOf(Array.isArray(fieldValue) ? fieldValue : [fieldValue]);
  return values.map((value) => options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value);
}

/** A box that is checked is told by its description or its name. */
function checked(field: Annotation): string[] {
  const on = field.checkBox === true ? field.exportValue : field.buttonValue;
  if (!isText(field.fieldValue) || field.fieldValue === 'Off' || field.fieldValue !== on) return [];
  const name = textsOf([field.alternativeText, field.fieldName])[0];
  return textsOf([name, on === 'Yes' || on === 'On' || on === '1' ? undefined : on]);
}

function fieldTexts(field: Annotation): string[] {
  if (field.fieldType === 'Btn' && (field.checkBox === true || field.radioButton === true)) {
    return [...checked(field), ...textsOf(field.textContent ?? [])];
  }
  if (field.fieldType === 'Ch') return [...chosen(field), ...textsOf(field.textContent ?? [])];
  const shown = textsOf([(field.textContent ?? []).join('\n')]);
  const value = textsOf([field.fieldValue]);
  return value.length > 0 && field.fieldType === 'Tx' ? value : [...shown, ...value];
}

function commentTexts(annotation: Annotation): string[] {
  const shown = textsOf([(annotation.textContent ?? []).join('\n')]);
  return [...shown, ...textsOf([annotation.contentsObj?.str])];
}

function textsOfOne(annotation: Annotation): string[] {
  if (annotation.hidden === true || ((annotation.annotationFlags ?? 0) & HIDDEN_FLAGS) !== 0) return [];
  return annotation.subtype === 'Widget' ? fieldTexts(annotation) : commentTexts(annotation);
}

const squeeze = (text: string) => text.replace(/\s+/g, '');

/** The texts that the forms and comments of a page show, each once. */
export function annotationTexts(annotations: readonly Annotation[]): string[] {
  const texts = new Map<string, string>();
  for (const annotation of annotations) {
    for (const text of new Set(textsOfOne(annotation))) {
      if (!texts.has(squeeze(text))) texts.set(squeeze(text), text);
    }
  }
  return [...texts.values()];
}

/** The names of the files that are attached to places of a page. */
export function attachedFiles(annotations: readonly Annotation[]): string[] {
  return annotations.flatMap(({ file }) => (file === undefined ? [] : [file.filename]));
}
