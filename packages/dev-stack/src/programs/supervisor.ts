import { rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem, toProblem } from '../terminal/problem.ts';
import type { Service } from './service.ts';

/** A service that ends by itself this many times within this time (ms) is given up. */
const MOST_ENDS = 5;
const WITHIN_MS = 60_000;
/** Pause (ms) before the first restart, and the longest; it doubles. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export interface SupervisorSettings {
  start: () => Promise<Service>;
  /** Gets a line for each end and each restart. */
  say: (line: string) => void;
  firstPauseMs?: number;
}

/**
 * A service that is started again when it ends by itself: starting → up ⇄ pausing → failed | stopped. One that ends
 * before it was ready for the first time fails at once: a restart would not help it.
 */
export class Supervisor implements Service {
  readonly name: string;
  readonly logFile: string;
  readonly failure: Promise<never>;
  readonly #settings: SupervisorSettings;
  readonly #stopping = new AbortController();
  #current: Service;
  #isUp = false;
  #ends: number[] = [];
  #restarting: Promise<void> | undefined;
  #fail: (reason: unknown) => void = () => undefined;

  private constructor(first: Service, settings: SupervisorSettings) {
    this.name = first.name;
    this.logFile = first.logFile;
    this.#settings = settings;
    this.#current = first;
    this.failure = new Promise<never>((_resolve, reject) => {
      this.#fail = reject;
    });
    this.failure.catch(() => undefined);
    this.#watch(first);
  }

  /** Starts a service; it is not ready yet. */
  static async start(settings: SupervisorSettings): Promise<Supervisor> {
    return new Supervisor(await settings.start(), settings);
  }

  async ready(look: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    await this.#current.ready(look, timeoutMs);
    this.#isUp = true;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    await this.#current.stop();
  }

  kill(): void {
    this.#stopping.abort();
    this.#current.kill();
  }

  #watch(service: Service): void {
    service.failure.catch((error: unknown) => {
      if (this.#stopping.signal.aborted) return;
      if (!this.#isUp) return this.#fail(error);
      this.#restarting = this.#restart(toProblem(error)).catch((reason: unknown) => this.#fail(reason));
    });
  }

  async #restart(end: Problem): Promise<void> {
    const now = Date.now();
    this.#ends = [...this.#ends.filter((at) => at > now - WITHIN_MS), now];
    if (this.#ends.length >= MOST_ENDS) throw gaveUp(this.name, end);
    const { firstPauseMs = FIRST_PAUSE_MS, say, start } = this.#settings;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (this.#ends.length - 1));
    const log = `${this.logFile}.ended`;
    say(`${end.message} It is started again in ${pauseMs / 1_000} s; its log until then: ${log}`);
    try {
      await delay(pauseMs, undefined, { signal: this.#stopping.signal });
    } catch {
      return;
    }
    // A new start empties the log.
    await rename(this.logFile, log).catch(() => undefined);
    this.#current = await start();
    say(`${this.name} runs again.`);
    this.#watch(this.#current);
  }
}

function gaveUp(name: string, end: Problem): Problem {
  const message = `${name} has ended ${MOST_ENDS} times within a minute. The last time: ${end.message}`;
  return new Problem(message, {
    ...(end.detail === undefined ? {} : { detail: end.detail }),
    ...(end.remedy === undefined ? {} : { remedy: end.remedy }),
  });
}
