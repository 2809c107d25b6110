import { handle } from '@taskwire/worker';
import { demoBurn } from '../definitions/demo-burn.ts';
import { countSlowly } from './handlers/demo-count.ts';
import { writeText } from './handlers/demo-text.ts';

/** The handlers of the kinds for demonstrations. */
export const demoHandlers = [
  countSlowly,
  writeText,
  handle(demoBurn, { thread: new URL('./handlers/demo-burn.ts', import.meta.url) }),
] as const;
