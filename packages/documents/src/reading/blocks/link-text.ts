/** Addresses that lead out of a document. */
const OUTSIDE = /^(?:https?|ftp|mailto|tel):/i;

/**
 * The address to write after a link's paragraph. Empty if the text contains the address, or if the address is not
 * external.
 */
export function addressBehind(text: string, address: string): string {
  if (!OUTSIDE.test(address)) return '';
  const readable = address.replace(/^(?:mailto|tel):/i, '');
  const shown = readable.replace(/^https?:\/\/|\/$/gi, '');
  return shown === '' || text.includes(shown) ? '' : readable;
}
