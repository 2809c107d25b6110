import { ChildProgram } from './child-program.ts';
import { publisherReplySchema, type PublisherOrder, type PublisherSettings } from './publisher-messages.ts';

const PROGRAM = new URL('./publisher-process.ts', import.meta.url);

/** A publisher's events: `count` of them, `rate` a second. */
export interface PublishRequest {
  type: 'progress' | 'token';
  rate: number;
  count: number;
  /** Length (characters) of an extra message in each progress event. */
  messageLength?: number;
  /** Window (ms) of the events in one append; if absent, each event has its own. */
  windowMs?: number;
}

/** Holds one task as a worker does, in a process of its own. */
export interface Publisher {
  /** Resolves when all are written. @throws Error with the output of the process if it ends before. */
  publish(request: PublishRequest): Promise<void>;
  /** Writes the terminal event. */
  finish(): Promise<void>;
  cpuPid: number;
  /** Ends the process; the task stays as it is. */
  stop(): Promise<void>;
}

/** Starts a publisher, which takes the task. @throws Error if it cannot take it. */
export async function startPublisher(settings: PublisherSettings, core: number): Promise<Publisher> {
  const program = await ChildProgram.start({ file: PROGRAM, settings, core, reply: publisherReplySchema });
  // One order after the other: an answer does not say which it belongs to.
  let earlier: Promise<unknown> = Promise.resolve();
  const order = async (what: PublisherOrder) => {
    const mine = earlier.then(() => program.ask(what));
    earlier = mine.catch(() => undefined);
    await mine;
  };
  return {
    publish: (request) => order({ order: 'publish', ...request }),
    finish: () => order({ order: 'finish' }),
    cpuPid: program.processId,
    stop: () => program.stop(),
  };
}
