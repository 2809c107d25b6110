import { TaskwireError } from '@taskwire/protocol';
import * as z from 'zod';
import type { ListPosition } from '../ports/task-store.ts';

/** Input of every list: the size of the page, and the `nextCursor` of the page before. */
export const pageInput = {
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(100).nullish(),
};

/** The same as a caller writes it. */
export interface PageInput {
  limit?: number | undefined;
  cursor?: string | null | undefined;
}

/** One page of a list; without `nextCursor` it is the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** Reads a `nextCursor`. @throws TaskwireError INVALID_INPUT, naming the field. */
export function parseListCursor(cursor: string | null | undefined): ListPosition | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const match = /^(\d{1,13})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new TaskwireError('INVALID_INPUT', 'cursor: give the nextCursor of the page before, or leave it out', {
      fields: [{ path: 'cursor', message: 'not a nextCursor' }],
    });
  }
  return { createdAt: Number(match[1]), id: match[2] };
}

/** Cuts a page out of `limit + 1` items, so that the last page is known to be the last. */
export function toPage<Item, View>(
  items: readonly Item[],
  limit: number,
  shape: { view: (item: Item) => View; position: (item: Item) => ListPosition },
): Page<View> {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  const result = { items: page.map(shape.view) };
  if (items.length <= limit || last === undefined) return result;
  const { createdAt, id } = shape.position(last);
  return { ...result, nextCursor: `${createdAt}_${id}` };
}
