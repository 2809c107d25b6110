import { LOAD_CORE } from '../../measure/pinning.ts';
import { stoppable } from '../../stoppable.ts';
import { ChildProgram } from '../../taskwire/child-program.ts';
import { unpdfReplySchema } from './unpdf-messages.ts';

const PROGRAM = new URL('./unpdf-process.ts', import.meta.url);
/** Longest time for one PDF. */
const TIME_LIMIT_MS = 120_000;

/** The speed at which unpdf alone reads PDFs. */
export interface UnpdfSpeed {
  pages: number;
  seconds: number;
}

/**
 * Reads PDFs with unpdf alone in a process of its own.
 * @returns the sums over those that it could read in two minutes each; undefined if it could read none.
 */
export async function measureUnpdf(paths: readonly string[], signal: AbortSignal): Promise<UnpdfSpeed | undefined> {
  const program = await ChildProgram.start({ file: PROGRAM, settings: {}, core: LOAD_CORE, reply: unpdfReplySchema });
  try {
    const total = { pages: 0, seconds: 0 };
    for (const path of paths) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
      const reply = await stoppable(limit, program.ask({ path }));
      if (reply.type !== 'read') continue;
      total.pages += reply.pages;
      total.seconds += reply.seconds;
    }
    return total.pages === 0 ? undefined : total;
  } finally {
    await program.stop();
  }
}
