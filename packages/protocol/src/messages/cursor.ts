import { TaskwireError } from '../errors/taskwire-error.ts';

/** The wire form of a cursor: the seq in decimal, so it holds no newline (MUST 14). */
export function formatCursor(seq: number): string {
  return String(seq);
}

/**
 * Reads a cursor (an SSE event id, or `lastEventId`).
 * @returns the seq; undefined for a new watcher, which has no cursor or the empty id that browsers send.
 * @throws TaskwireError INVALID_INPUT, naming the field, for any other text.
 */
export function parseCursor(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    throw new TaskwireError('INVALID_INPUT', 'lastEventId must be an event id that this server sent: a whole number', {
      fields: [{ path: 'lastEventId', message: 'not an event id; leave it out to start with a snapshot' }],
    });
  }
  return Number(text);
}
