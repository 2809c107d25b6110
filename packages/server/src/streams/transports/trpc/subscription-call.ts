import type { IncomingMessage } from 'node:http';
import { SUBSCRIPTIONS, type SubscriptionCall } from '@taskwire/router';
import { splitAddress } from '../../../http/requests/check-request.ts';

/** Path prefix of tRPC. */
const PREFIX = '/trpc/';

/**
 * Reads a request as a call of a subscription, as tRPC 11.19 does.
 * @returns undefined for any other or unusual request, which tRPC's own adapter answers.
 */
export function subscriptionCall(request: IncomingMessage): SubscriptionCall | undefined {
  const address = splitAddress(request.url ?? '');
  const path = address.path.slice(PREFIX.length);
  if (!address.path.startsWith(PREFIX) || !SUBSCRIPTIONS.includes(path)) return undefined;
  const query = new URLSearchParams(address.query);
  if (request.method !== 'GET' || !isPlain(request, query)) return undefined;
  try {
    return { path, input: withCursor(inputOf(query), cursorOf(request, query)) };
  } catch {
    return undefined;
  }
}

/** @throws SyntaxError if the input is no JSON. */
function inputOf(query: URLSearchParams): unknown {
  const text = query.get('input');
  return text === null || text === '' ? undefined : JSON.parse(text);
}

function isPlain({ headers }: IncomingMessage, query: URLSearchParams): boolean {
  if (query.get('batch') === '1' || query.has('connectionParams')) return false;
  if ('trpc-accept' in headers || headers.accept?.includes('jsonl') === true) return false;
  return headers['content-type'] === undefined || headers['content-type'].startsWith('application/json');
}

function cursorOf({ headers }: IncomingMessage, query: URLSearchParams): string | null {
  const header = headers['last-event-id'];
  return typeof header === 'string' ? header : (query.get('lastEventId') ?? query.get('Last-Event-Id'));
}

/** A cursor beside the input replaces the one in it: an EventSource that comes back sends its own. */
function withCursor(input: unknown, lastEventId: string | null): unknown {
  if (lastEventId === null || lastEventId === '') return input;
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input, lastEventId };
  return input ?? { lastEventId };
}
