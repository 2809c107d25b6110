/** Headers that only mail programs write. */
const BY_PROGRAMS: ReadonlySet<string> = new Set([
  'received',
  'return-path',
  'delivered-to',
  'message-id',
  'mime-version',
  'dkim-signature',
  'x-mailer',
]);
const USUAL: ReadonlySet<string> = new Set(['from', 'to', 'subject', 'date', 'sender', 'reply-to', 'cc']);

/** Whether a text begins with the headers of an e-mail message (RFC 5322). */
export function isMessage(beginning: string, isNamed: boolean): boolean {
  const names = headerNames(beginning);
  const isUsual = names.some((name) => USUAL.has(name));
  return isUsual && (isNamed || names.some((name) => BY_PROGRAMS.has(name)));
}

/** The names of the headers at a text's start, after the line of a mailbox file. */
function headerNames(beginning: string): string[] {
  const names: string[] = [];
  const lines = beginning.replace(/^From [^\n]*\n/, '').split(/\r?\n/);
  for (const line of lines) {
    if (/^[ \t]+\S/.test(line) && names.length > 0) continue;
    const name = /^([\w-]+)[ \t]*:/.exec(line)?.[1];
    if (name === undefined) return names;
    names.push(name.toLowerCase());
  }
  return names;
}
