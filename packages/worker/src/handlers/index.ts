import type { Handlers } from '../context/handler.ts';
import { countSlowly } from './demo-count.ts';
import { writeText } from './demo-text.ts';
import { ingestDocument } from './document-ingest.ts';
import type { ThreadKind } from './thread-handlers.ts';

/** The handlers that run in the worker's main thread. A kind without a handler does not compile. */
export const handlers = {
  'demo.count': countSlowly,
  'document.ingest': ingestDocument,
  'demo.text': writeText,
} satisfies Omit<Handlers, ThreadKind>;
