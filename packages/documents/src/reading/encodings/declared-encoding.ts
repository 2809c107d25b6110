import { encodingNamed } from './text-decoder.ts';

/** The declaration of a page's encoding: https://html.spec.whatwg.org/multipage/semantics.html#charset (bytes). */
const DECLARATION_BYTES = 1_024;
const DECLARATIONS = [
  /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w:.-]+)["']/i,
  /<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i,
];

/** The encoding that a page of HTML or XML declares, if it is one that is known; undefined for all other texts. */
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
