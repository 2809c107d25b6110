import { BLOCKS, CRASHES, type Block, type Crash, type Deed } from './deed-names.ts';
import { HOSTILE_ACTS, type ActingStage } from './hostile-acts.ts';

const BLOCK_MS: Readonly<Record<Block, number>> = { 'block-15': 15_000, 'block-40': 40_000 };

/** Commits a deed from within a stage of a handler. @returns what the handler is to return. */
export async function commitDeed(deed: Deed, stage: ActingStage, counted: number): Promise<unknown> {
  const usual = { counted };
  if (isBlock(deed)) {
    block(BLOCK_MS[deed]);
    await stage.progress(counted, counted);
    return usual;
  }
  if (isCrash(deed)) return crash(deed);
  const given = await HOSTILE_ACTS[deed](stage);
  return given === undefined ? usual : given.output;
}

function isBlock(deed: Deed): deed is Block {
  return BLOCKS.some((each) => each === deed);
}

function isCrash(deed: Deed): deed is Crash {
  return CRASHES.some((each) => each === deed);
}

/** Stops the event loop without using a processor: nothing of this process runs meanwhile. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const CRASH: Readonly<Record<Crash, () => unknown>> = {
  exit: () => process.exit(1),
  'exit-0': () => process.exit(0),
  abort: () => process.abort(),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  'unhandled-rejection': () => Promise.reject(new Error('a rejection that the handler does not handle')),
  'uncaught-in-timer': () =>
    setTimeout(() => {
      throw new Error('an error in a timer of the handler');
    }),
};

/** Ends the process; the promise never settles. */
function crash(deed: Crash): Promise<never> {
  void CRASH[deed]();
  return new Promise(() => undefined);
}
