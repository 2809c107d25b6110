import { LOAD_CORE } from '../measure/pinning.ts';
import { ChildProgram } from '../taskwire/child-program.ts';
import { loadReplySchema, type Collected, type LoadOrder, type LoadReply } from './load-messages.ts';
import type { WatchAddress } from './watch-address.ts';

const PROGRAM = new URL('./load-process.ts', import.meta.url);

/** The process with the watchers. Ended by `stop`. */
export class Load {
  readonly #program: ChildProgram<LoadReply>;

  private constructor(program: ChildProgram<LoadReply>) {
    this.#program = program;
  }

  static async start(): Promise<Load> {
    const settings = { file: PROGRAM, settings: {}, core: LOAD_CORE, reply: loadReplySchema };
    return new Load(await ChildProgram.start(settings));
  }

  /** Opens watchers that count what they get. @throws Error with the server's answer if one is refused. */
  async open(address: WatchAddress, watchers: number): Promise<void> {
    await this.#ask({ order: 'open', address, watchers });
  }

  /** Opens watchers that take nothing, beside those that are open. */
  async stall(address: WatchAddress, watchers: number): Promise<void> {
    await this.#ask({ order: 'stall', address, watchers });
  }

  /** Number of watchers with at least one event. */
  async reached(): Promise<number> {
    const reply = await this.#ask({ order: 'look' });
    return reply.reply === 'looked' ? reply.reached : 0;
  }

  /** From here on the events `first` to `first + count - 1` are counted. */
  async begin(first: number, count: number): Promise<void> {
    await this.#ask({ order: 'begin', first, count });
  }

  /** Waits until all of them are in, or none has come for `quietMs`, or `boundMs` are over. */
  async collect(limits: { quietMs: number; boundMs: number }): Promise<Collected> {
    const reply = await this.#ask({ order: 'collect', ...limits });
    if (reply.reply !== 'collected') throw new Error('the load sent no results');
    return reply;
  }

  /** Closes all watchers. */
  async close(): Promise<void> {
    await this.#ask({ order: 'close' });
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }

  async #ask(order: LoadOrder): Promise<LoadReply> {
    const reply = await this.#program.ask(order);
    if (reply.reply === 'failed') throw new Error(reply.reason);
    return reply;
  }
}
