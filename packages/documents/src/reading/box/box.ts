import { spawn, type ChildProcess } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import { DocumentError } from '../document-error.ts';
import { limitExceeded, type ReadingLimits } from '../limits.ts';
import { READ_AHEAD, NEXT_BATCH } from './box-channel.ts';
import { describeBoxEnd } from './box-end.ts';
import { boxCommand } from './starting/box-command.ts';
import { probeConfinement } from './starting/confinement.ts';
import { boxMessageSchema, type BoxMessage } from './box-messages.ts';
import { boxProgram } from './starting/box-program.ts';
import { encodeBoxRequest, type BoxJob } from './box-request.ts';
import { watchSilence } from './silence.ts';

/** Characters of standard error that are kept, counted from its end. */
const KEPT_ERROR_OUTPUT = 4_096;

/** The work of a box, with its limits. */
export interface BoxSettings {
  job: BoxJob;
  limits: ReadingLimits;
}

/**
 * A process that reads one document under limits. The process has no environment, no network, no files and no child
 * processes.
 * Modes: starting → reading (first message) → ended (by itself, by a limit, or by `end`).
 */
export class Box {
  readonly #process: ChildProcess;
  readonly #limits: ReadingLimits;
  readonly #messages: BoxMessage[] = [];
  readonly #ended: Promise<void>;
  #failure: Error | undefined;
  #errorOutput = '';
  #isStarted = false;
  #onChange = (): void => undefined;

  private constructor(child: ChildProcess, limits: ReadingLimits) {
    this.#process = child;
    this.#limits = limits;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-KEPT_ERROR_OUTPUT);
    });
    child.on('message', (message) => this.#take(message));
    this.#ended = new Promise((resolve) => {
      child.on('error', (error) => {
        this.#fail(error);
        if (child.pid === undefined) resolve();
      });
      child.on('close', (code, signal) => {
        this.#fail(this.#endOf(code, signal));
        resolve();
      });
    });
  }

  /**
   * Starts the process.
   * @param document the opened document. The process gets its descriptor, not its path.
   * @throws Error if the process could not be started.
   */
  static async start(document: FileHandle, { job, limits }: BoxSettings): Promise<Box> {
    const [program, confinement] = await Promise.all([boxProgram(), probeConfinement()]);
    const request = encodeBoxRequest({ job, limits, parentId: process.pid });
    const [command = '', ...options] = boxCommand({ program, request }, limits, confinement);
    const child = spawn(command, options, {
      cwd: '/',
      env: {},
      stdio: [document.fd, 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const box = new Box(child, limits);
    for (let batch = 0; batch < READ_AHEAD; batch += 1) box.#ask();
    return box;
  }

  /**
   * The next batch of items; undefined at the end of the document.
   * @throws DocumentError if the document cannot be read or exceeds a limit; the signal's reason; another Error if the
   * process could not be started.
   */
  async next(signal: AbortSignal): Promise<unknown[] | undefined> {
    const message = await this.#nextMessage(signal);
    switch (message.type) {
      case 'ready':
        this.#isStarted = true;
        return this.next(signal);
      case 'items':
        this.#ask();
        return message.items;
      case 'end':
        return undefined;
      case 'failed':
        throw new DocumentError(message.code, message.message, { cause: new Error(message.detail) });
      default:
        return message satisfies never;
    }
  }

  /** Kills the process, busy or not, and waits until it is gone. */
  async end(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  async #nextMessage(signal: AbortSignal): Promise<BoxMessage> {
    const wake = () => this.#onChange();
    const endWatch = watchSilence(this.#limits.silenceMs, () => this.#fail(limitExceeded('silenceMs', this.#limits)));
    signal.addEventListener('abort', wake);
    try {
      for (;;) {
        signal.throwIfAborted();
        const message = this.#messages.shift();
        if (message !== undefined) return message;
        if (this.#failure !== undefined) throw this.#failure;
        await new Promise<void>((resolve) => (this.#onChange = resolve));
      }
    } finally {
      endWatch();
      signal.removeEventListener('abort', wake);
    }
  }

  #ask(): void {
    // If the process is gone already, `next` throws its end.
    if (this.#process.connected) this.#process.send(NEXT_BATCH, () => undefined);
  }

  #take(message: unknown): void {
    const parsed = boxMessageSchema.safeParse(message);
    if (parsed.success) this.#messages.push(parsed.data);
    else this.#fail(parsed.error);
    this.#onChange();
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    this.#onChange();
  }

  #endOf(code: number | null, signal: NodeJS.Signals | null): Error {
    const end = describeBoxEnd({ code, signal, errorOutput: this.#errorOutput }, this.#limits);
    // A process that ended before its first message says nothing about the document.
    return this.#isStarted || this.#messages.length > 0
      ? end
      : new Error('the reader of documents could not be started', { cause: end });
  }
}
