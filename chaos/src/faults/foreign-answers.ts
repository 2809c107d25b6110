/** Answers of a proxy while the api behind it is away. */
export const FOREIGN_ANSWERS = ['404-text', '502-html', '200-html', '404-json', '503-empty'] as const;
export type ForeignAnswer = (typeof FOREIGN_ANSWERS)[number];

const PAGE =
  '<!doctype html><html><head><title>Oops</title></head><body><h1>We will be right back</h1></body></html>\n';

const ANSWERS: Readonly<Record<ForeignAnswer, { status: string; type: string; body: string }>> = {
  '404-text': { status: '404 Not Found', type: 'text/plain; charset=utf-8', body: '404 page not found\n' },
  '502-html': { status: '502 Bad Gateway', type: 'text/html', body: PAGE },
  '200-html': { status: '200 OK', type: 'text/html; charset=utf-8', body: PAGE },
  '404-json': { status: '404 Not Found', type: 'application/json', body: '{"message":"no route matched"}' },
  '503-empty': { status: '503 Service Unavailable', type: 'text/plain', body: '' },
};

/** The whole answer, as it goes over the line; the connection is closed after it. */
export function foreignAnswer(name: string): string {
  const answer = FOREIGN_ANSWERS.find((each) => each === name);
  if (answer === undefined) throw new Error(`there is no answer "${name}"`);
  const { status, type, body } = ANSWERS[answer];
  const head = [`HTTP/1.1 ${status}`, 'server: proxy', `content-type: ${type}`, `content-length: ${body.length}`];
  return `${[...head, 'connection: close'].join('\r\n')}\r\n\r\n${body}`;
}
