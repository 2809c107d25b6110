import { encodingNamed } from './text-decoder.ts';

/**
 * Bytes at the start of a page that may declare its encoding:
 * https://html.spec.whatwg.org/multipage/semantics.html#charset
 */
const DECLARATION_BYTES = 1_024;
const DECLARATIONS = [
  /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w:.-]+)["']/i,
  /<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i,
];

/** The encoding that an HTML or XML page declares, if that encoding is known. Undefined for all other texts. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  if (!/^\s*</.test(start)) return undefined;
  for (const declaration of DECLARATIONS) {
    const label = declaration.exec(start)?.[1];
    const encoding = label === undefined ? undefined : encodingNamed(label);
    if (encoding !== undefined) return encoding;
  }
  return undefined;
}
