import { Writable } from 'node:stream';
import type { Environment } from '../env.ts';
import type { RegisterCommands } from '../context.ts';
import { runCli } from '../run-cli.ts';

/** A stream that keeps all written text. */
class Recorder extends Writable {
  readonly isTTY: boolean;
  readonly columns = 80;
  text = '';
  readonly #onText: (text: string) => void;

  constructor(isTTY: boolean, onText: (text: string) => void = () => undefined) {
    super();
    this.isTTY = isTTY;
    this.#onText = onText;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
    this.#onText(this.text);
  }
}

export interface RunSettings {
  environment?: Partial<Environment>;
  /** The folder that the command is called in. */
  workingFolder?: string;
  /** Commands besides those of every project. */
  extensions?: readonly RegisterCommands[];
  /** Whether standard output is a terminal. */
  isTerminal?: boolean;
  /** Called after each write, with all output so far and a function that presses Ctrl-C. */
  onOutput?: (text: string, interrupt: () => void) => void;
}

/** Runs `taskwire …` in this process. `listeners`: number of Ctrl-C listeners that it left behind. */
export async function runCommand(words: string[], settings: RunSettings = {}) {
  const interrupts = new Set<() => void>();
  const interrupt = () => interrupts.forEach((callback) => callback());
  const stdout = new Recorder(settings.isTerminal === true, (text) => settings.onOutput?.(text, interrupt));
  const stderr = new Recorder(false);
  const status = await runCli(
    words,
    {
      environment: { url: undefined, token: undefined, authSecret: undefined, ...settings.environment },
      variables: {},
      workingFolder: settings.workingFolder ?? import.meta.dirname,
      stdout,
      stderr,
      onInterrupt(callback) {
        interrupts.add(callback);
        return () => interrupts.delete(callback);
      },
    },
    settings.extensions,
  );
  return { status, stdout: stdout.text, stderr: stderr.text, listeners: interrupts.size };
}
