/** Addresses that lead out of a document. */
const OUTSIDE = /^(?:https?|ftp|mailto|tel):/i;

/** The address to be read behind a link's paragraph: none if the text has it, or if it leads nowhere outside. */
export function addressBehind(text: string, address: string): string {
  if (!OUTSIDE.test(address)) return '';
  const readable = address.replace(/^(?:mailto|tel):/i, '');
  const shown = readable.replace(/^https?:\/\/|\/$/gi, '');
  return shown === '' || text.includes(shown) ? '' : readable;
}
