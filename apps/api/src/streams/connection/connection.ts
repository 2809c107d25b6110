import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TaskwireError } from '@taskwire/protocol';
import { beginAnswer } from './begin-answer.ts';
import { Chunk } from '../formats/chunk.ts';
import { encodeRetry } from '../formats/frame.ts';
import type { StreamFormat } from '../formats/stream-format.ts';
import { retryDelay } from './retry-delay.ts';
import { PARCEL_BYTES, parcelsOf, type Parcel } from './parcels.ts';
import { straightWrite } from './straight-write.ts';
import type { StreamStatistics } from '../statistics.ts';
import type { UserBuffer } from './user-buffers.ts';

/** What a connection may cost, and how long it may last. */
export interface ConnectionLimits {
  /** How many bytes may wait in this process before the watcher counts as lagging. */
  bufferBytes: number;
  /** A peer that takes nothing for so long (ms) although something waits for it is cut off. */
  stallMs: number;
  /** The longest (ms) that a stream lasts; its watcher then comes back. */
  lifetimeMs: number;
}

export interface ConnectionDependencies {
  limits: ConnectionLimits;
  statistics: StreamStatistics;
  /** Shared by all streams of the user. */
  buffer: UserBuffer;
  format: StreamFormat;
  /** See `Opening`. */
  refuse: ((error: unknown) => void) | undefined;
}

/** Lifetimes differ by this share, so that watchers who came together do not leave together. */
const LIFETIME_SPREAD = 0.1;
/** The same limit as `stallMs` (ms) while other streams of the user wait for what this one does not take. */
const BLOCKING_STALL_MS = 5_000;
/** A stream whose failures are still answered by a status begins after this long (ms) if nothing has come. */
const HEAD_START_MS = 250;

/**
 * One watcher's line: made → begun → over, by us or by its leaving → closed, once what was written has been taken. What
 * watchers share is written past Node's response straight to the socket; the head and the very end of the answer are the
 * response's.
 */
export class Connection {
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  readonly #statistics: StreamStatistics;
  readonly #buffer: UserBuffer;
  readonly #format: StreamFormat;
  readonly #bufferBytes: number;
  readonly #deadline: number;
  readonly #leaving: (() => void)[] = [];
  readonly #closing: (() => void)[] = [];
  #refuse: ((error: unknown) => void) | undefined;
  #headStart: NodeJS.Timeout | undefined;
  #begun = false;
  #chunked = false;
  #over = false;
  #drain: (() => void) | undefined;
  /** How many bytes the system has not taken yet, and when (ms since 1970) it last took any while some waited. */
  #waiting = 0;
  #takenAt = 0;

  constructor(line: { response: ServerResponse; socket: Socket }, dependencies: ConnectionDependencies) {
    this.#response = line.response;
    this.#socket = line.socket;
    this.#statistics = dependencies.statistics;
    this.#buffer = dependencies.buffer;
    this.#format = dependencies.format;
    this.#bufferBytes = dependencies.limits.bufferBytes;
    this.#deadline = Date.now() + dependencies.limits.lifetimeMs * (1 - LIFETIME_SPREAD * Math.random());
    line.response.once('close', () => this.#close());
    this.#refuse = dependencies.refuse;
    if (dependencies.refuse === undefined) this.#begin();
    else this.#headStart = setTimeout(() => this.#begin(), HEAD_START_MS);
  }

  /** Whether nothing can be written any more. */
  get over(): boolean {
    return this.#over;
  }

  /** Asks to be called once it is over. */
  onLeave(left: () => void): void {
    if (this.#over) left();
    else this.#leaving.push(left);
  }

  /** Asks to be called once nothing of it is left: what an ended stream still has to send keeps its place. */
  onClose(closed: () => void): void {
    if (this.#response.closed) closed();
    else this.#closing.push(closed);
  }

  /** Whether one more message may wait: for this stream, and for all streams of its user. */
  get isWritable(): boolean {
    return this.#over || (this.#waiting <= this.#bufferBytes && this.#buffer.isWritable);
  }

  /** Writes, whether or not there is room. */
  write(...chunks: readonly Chunk[]): void {
    if (this.#over) return;
    if (!this.#begun) this.#begin();
    this.#send(chunks);
  }

  /**
   * Resolves once everything that waited here has been taken or, if nothing did, another stream of the user has made room;
   * or once it is over.
   */
  async untilWritable(): Promise<void> {
    if (this.#over) return;
    this.#statistics.lagging += 1;
    await new Promise<void>((resolve) => {
      this.#drain = resolve;
      if (this.#waiting === 0) void this.#buffer.changed().then(resolve);
    });
    this.#drain = undefined;
    this.#statistics.lagging -= 1;
    // Another stream may take the place that this one no longer needs.
    if (this.over) this.#buffer.wake();
  }

  /** Sends a ping, unless it is time to part. */
  ping({ now, stallMs }: { now: number; stallMs: number }): void {
    const patienceMs = this.#buffer.isBlocking ? Math.min(stallMs, BLOCKING_STALL_MS) : stallMs;
    if ((this.#waiting > 0 || this.#over) && now - this.#takenAt >= patienceMs) {
      this.#statistics.cut.stalled += 1;
      this.#socket.destroy();
    } else if (this.#over || !this.#begun) {
      return;
    } else if (now >= this.#deadline) {
      this.#statistics.cut.lifetime += 1;
      this.end('');
    } else if (this.#waiting === 0) this.write(this.#format.ping);
  }

  /** Ends the answer as its token has expired. Nothing terminal is said: the watcher comes back with a fresh token. */
  expire(): void {
    if (this.#over) return;
    this.#statistics.cut.expired += 1;
    this.end('');
  }

  /** Ends the answer after a last text. */
  end(text: string): void {
    if (this.#over) return;
    this.#begin();
    if (text !== '') this.#send([Chunk.of(text)]);
    if (this.#waiting === 0) this.#takenAt = Date.now();
    this.#response.end();
    this.#leave();
  }

  /** The same for what has failed. Before the answer has begun, what waiting does not help may be answered otherwise. */
  fail(error: unknown, text: string): void {
    const isRetryable = error instanceof TaskwireError && error.isRetryable;
    if (this.#over) return;
    if (this.#begun || this.#refuse === undefined || isRetryable) return this.end(text);
    this.#leave();
    this.#refuse(error);
  }

  #begin(): void {
    if (this.#begun || this.#over) return;
    this.#begun = true;
    clearTimeout(this.#headStart);
    this.#headStart = undefined;
    this.#refuse = undefined;
    beginAnswer(this.#response, this.#format.headers);
    this.#response.write(`${encodeRetry(retryDelay())}${this.#format.greeting}`);
    this.#chunked = this.#response.chunkedEncoding;
  }

  #send(chunks: readonly Chunk[]): void {
    if (this.#waiting === 0) this.#takenAt = Date.now();
    const buffers = chunks.map(({ framed, bare }) => (this.#chunked ? framed : bare));
    const [only] = buffers;
    if (buffers.length === 1 && only !== undefined && only.length <= PARCEL_BYTES) {
      this.#post({ buffers, bytes: only.length });
    } else for (const parcel of parcelsOf(buffers)) this.#post(parcel);
  }

  #post({ buffers, bytes }: Parcel): void {
    this.#waiting += bytes;
    this.#statistics.waitingBytes += bytes;
    this.#buffer.add(bytes);
    straightWrite(this.#socket, buffers, (error) => this.#taken(bytes, error));
  }

  #taken(bytes: number, error: Error | null | undefined): void {
    this.#waiting -= bytes;
    this.#statistics.waitingBytes -= bytes;
    this.#buffer.remove(bytes);
    if (error) return void this.#socket.destroy();
    if (this.#waiting > 0) this.#takenAt = Date.now();
    else this.#drain?.();
  }

  #leave(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#headStart);
    this.#drain?.();
    for (const left of this.#leaving.splice(0)) left();
  }

  #close(): void {
    this.#leave();
    for (const closed of this.#closing.splice(0)) closed();
  }
}
