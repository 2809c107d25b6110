/**
 * The path and the query of a request's address, as URL parsers split it: without a fragment, and at the first question
 * mark, as later ones belong to the query.
 */
export function splitAddress(address: string): { path: string; query: string } {
  const [sent = ''] = address.split('#', 1);
  const end = sent.indexOf('?');
  return end === -1 ? { path: sent, query: '' } : { path: sent.slice(0, end), query: sent.slice(end + 1) };
}
