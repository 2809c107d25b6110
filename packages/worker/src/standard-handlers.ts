import { demoBurn } from '@taskwire/tasks';
import { countSlowly } from './handlers/demo-count.ts';
import { writeText } from './handlers/demo-text.ts';
import { handle } from './handle.ts';

export { documentHandlers } from './handlers/document-ingest.ts';

/** The handlers of the kinds for demonstrations. */
export const demoHandlers = [
  countSlowly,
  writeText,
  handle(demoBurn, { thread: new URL('./handlers/demo-burn.ts', import.meta.url) }),
] as const;
