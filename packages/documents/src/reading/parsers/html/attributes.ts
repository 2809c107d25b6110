import { SILENT } from './elements.ts';

/** Types of inputs whose values are not read. */
const VALUELESS = new Set(['hidden', 'password', 'checkbox', 'radio', 'file', 'color', 'range']);
const NOT_DISPLAYED = /(?:^|[;\s])display\s*:\s*none/i;

/** Whether browsers hide an element. */
export function isHidden(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (SILENT.has(name)) return true;
  if (name === 'html' || name === 'body') return false;
  const hidden = attributes.get('hidden');
  if (hidden !== undefined && hidden !== 'until-found') return true;
  return NOT_DISPLAYED.test((attributes.get('style') ?? '').slice(0, 2_000));
}

/** The text that an element shows through its attributes: alternative texts, values and hints of form fields. */
export function describeAttributes(name: string, attributes: ReadonlyMap<string, string>): string {
  switch (name) {
    case 'img':
    case 'area':
      return attributes.get('alt') ?? '';
    case 'input':
      return describeInput(attributes);
    case 'textarea':
      return attributes.get('placeholder') ?? '';
    case 'option':
    case 'optgroup':
      return attributes.get('label') ?? '';
    default:
      return '';
  }
}

function describeInput(attributes: ReadonlyMap<string, string>): string {
  const type = attributes.get('type')?.toLowerCase() ?? 'text';
  if (VALUELESS.has(type)) return '';
  if (type === 'image') return attributes.get('alt') ?? '';
  return [attributes.get('value'), attributes.get('placeholder')].filter((text) => text !== undefined).join(' ');
}
