import type { TaskKind } from '@taskwire/tasks';
import { countSlowly } from './demo-count.ts';
import { writeText } from './demo-text.ts';
import { ingestDocument } from './document-ingest.ts';
import type { Handler } from './handler.ts';
import { inThread } from '../threads/in-thread.ts';

/** The handler of every kind. The mapped type keeps a kind and its types together for generic code. */
export type Handlers = { readonly [Kind in TaskKind]: Handler<Kind> };

/** A kind without a handler, or with one of another kind, does not compile. */
export const handlers = {
  'demo.count': countSlowly,
  'document.ingest': ingestDocument,
  'demo.text': writeText,
  'demo.burn': inThread('demo.burn'),
} satisfies Handlers;
