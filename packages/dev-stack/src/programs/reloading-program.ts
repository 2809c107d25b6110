import { toProblem, type Problem } from '../terminal/problem.ts';
import type { ImportedFiles } from './imported-files.ts';
import type { Service } from './service.ts';
import { Supervisor } from './supervisor.ts';

/** Receives each change of a program's state. */
export interface ProgramView {
  /** It works, `tookMs` after its start. `changed`: the files for which it was started again; none at first. */
  up: (tookMs: number, changed: readonly string[]) => void;
  /** It does not work, and waits for a change of a file. */
  broken: (problem: Problem) => void;
  /** It ended by itself and is started again, or runs again. */
  say: (line: string) => void;
}

export interface ReloadingProgramSettings {
  name: string;
  /** Starts the program, which reports its imports to the report file. */
  start: () => Promise<Service>;
  /** Waits until the program works. Rejects with a Problem if it does not come to that. */
  ready: (service: Service) => Promise<void>;
  files: ImportedFiles;
  view: ProgramView;
  /** Pause (ms) before the first restart of a program that ended by itself. */
  firstPauseMs?: number;
}

/**
 * A program that is stopped and started again when a file changes that it has imported:
 * - starting → up → stopping (a file changed) → starting
 * - starting, up → broken (it ended before it worked, or ends again and again) → starting (a file changed)
 * - any → stopped
 *
 * The stop is an orderly one: a server sends its watchers away, and a worker hands its tasks over to the next start.
 */
export class ReloadingProgram {
  readonly name: string;
  /** Resolves once the program works or is broken for the first time. */
  readonly settled: Promise<void>;
  /** Resolves once the program works for the first time. */
  readonly firstUp: Promise<void>;
  readonly #settings: ReloadingProgramSettings;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #current: Supervisor | undefined;
  #isUp = false;
  #settle: () => void = () => undefined;
  #rise: () => void = () => undefined;

  constructor(settings: ReloadingProgramSettings) {
    this.name = settings.name;
    this.#settings = settings;
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.firstUp = new Promise((resolve) => {
      this.#rise = resolve;
    });
    this.#running = this.#run();
  }

  /** Whether it works now, as far as is known. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** Stops the program in order. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Kills the program with all it started, at once. */
  kill(): void {
    this.#stopping.abort();
    this.#current?.kill();
  }

  async #run(): Promise<void> {
    let changed: readonly string[] = [];
    while (!this.#stopping.signal.aborted) changed = await this.#runUntilChanged(changed);
    this.#settle();
  }

  /** One start of the program. @returns the files for which the next start comes. */
  async #runUntilChanged(changed: readonly string[]): Promise<readonly string[]> {
    const { files, start, view, firstPauseMs } = this.#settings;
    this.#isUp = false;
    try {
      await files.begin();
      const supervision = { start, say: view.say, ...(firstPauseMs === undefined ? {} : { firstPauseMs }) };
      const supervisor = await Supervisor.start(supervision);
      this.#current = supervisor;
      void this.#report(supervisor, changed);
    } catch (error) {
      this.#break(error);
    }
    const changes = await files.changed(this.#stopping.signal).catch(() => []);
    await this.#current?.stop();
    this.#current = undefined;
    return changes;
  }

  /** Reports the outcome of one start to the view, until the program is stopped. */
  async #report(supervisor: Supervisor, changed: readonly string[]): Promise<void> {
    const startedAt = Date.now();
    try {
      await this.#settings.ready(supervisor);
      if (this.#current !== supervisor) return;
      await this.#settings.files.keepReported();
      this.#isUp = true;
      this.#rise();
      this.#settings.view.up(Date.now() - startedAt, changed);
      this.#settle();
      await supervisor.failure;
    } catch (error) {
      if (this.#current === supervisor && !this.#stopping.signal.aborted) this.#break(error);
    }
  }

  #break(error: unknown): void {
    this.#isUp = false;
    this.#settings.view.broken(toProblem(error));
    this.#settle();
  }
}
