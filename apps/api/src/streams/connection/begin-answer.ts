import type { ServerResponse } from 'node:http';

/** Begins an answer with header fields. One by one: what `writeHead` is given passes by what others have set up. */
export function beginAnswer(response: ServerResponse, headers: Readonly<Record<string, string>>): ServerResponse {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return response.writeHead(200);
}
