/** A request that both servers get. */
export interface Ask {
  path: 'task.onProgress' | 'project.onProgress' | 'task.onAny';
  /** Sent as JSON; absent: no input. */
  input?: unknown;
  /** Sent in the input's place as it stands here. */
  inputText?: string;
  /** Further parameters of the address. */
  query?: Record<string, string>;
  /** Further headers. `authorization` stands in the place of the token; empty: none is sent. */
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

/** The address of a request at a server. */
export function urlOf(serverUrl: string, { path, input, inputText, query = {} }: Ask): string {
  const url = new URL(`${serverUrl}/trpc/${path}`);
  const text = inputText ?? (input === undefined ? undefined : JSON.stringify(input));
  if (text !== undefined) url.searchParams.set('input', text);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return url.href;
}

/** The headers of a request, with a user's token unless it brings credentials of its own. */
export function headersOf({ headers = {} }: Ask, token: { authorization: string }): Record<string, string> {
  const { authorization, ...rest } = { ...token, ...headers };
  return authorization === '' ? rest : { ...rest, authorization };
}
