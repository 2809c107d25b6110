import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TaskwireError } from '@taskwire/protocol';
import { Chunk } from '../formats/chunk.ts';
import type { StreamFormat } from '../formats/stream-format.ts';
import type { StreamStatistics } from '../statistics.ts';
import { beginAnswer, openingText } from './answers.ts';
import { WRITE_BYTES, socketWrites, writeDirectly, type SocketWrite } from './socket-write.ts';
import type { UserByteCount } from './user-byte-counts.ts';

export interface ConnectionLimits {
  /** Bytes that may wait in this process before the connection is lagging. */
  bufferBytes: number;
  /** Longest time (ms) in which a client takes none of the bytes that wait for it; then it is cut off. */
  stallMs: number;
  /** Longest time (ms) of a stream; its client then comes back. */
  lifetimeMs: number;
}

export interface ConnectionDependencies {
  limits: ConnectionLimits;
  statistics: StreamStatistics;
  /** Bytes that wait for all streams of the user. */
  userBytes: UserByteCount;
  format: StreamFormat;
  /** Answers a failure before the stream has begun; see `StreamRequest`. */
  refuse: ((error: unknown) => void) | undefined;
}

/** Largest random share by which a lifetime is shortened: clients that came together do not leave together. */
const LIFETIME_SPREAD = 0.1;
/** `stallMs` (ms) while other streams of the user wait for room that this stream's untaken bytes occupy. */
const BLOCKING_STALL_MS = 5_000;
/** Time (ms) in which a failure may still be answered by a status; then the stream begins without a message. */
const STATUS_WINDOW_MS = 250;

/**
 * The answer to one client that watches. Node's response writes the head, the opening text and the end. Messages, pings
 * and the last text go past it, straight to the socket.
 *
 * - new: no byte is written. A permanent failure may still be answered by a status.
 * - begun: by the first message, or after `STATUS_WINDOW_MS`; at once if no status may answer.
 * - refused: a new connection has met a permanent failure. It is over, and `refuse` writes the whole answer.
 * - over: the server has ended the answer, or the client has left. No message is written any more.
 * - closed: the client has taken everything, or is gone.
 */
export class Connection {
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  readonly #statistics: StreamStatistics;
  readonly #userBytes: UserByteCount;
  readonly #format: StreamFormat;
  readonly #bufferBytes: number;
  readonly #deadline: number;
  readonly #overCallbacks: (() => void)[] = [];
  readonly #closeCallbacks: (() => void)[] = [];
  #refuse: ((error: unknown) => void) | undefined;
  #statusWindow: NodeJS.Timeout | undefined;
  #hasBegun = false;
  #isChunked = false;
  #isOver = false;
  #drain: (() => void) | undefined;
  /** Bytes that the system has not taken yet. */
  #waitingBytes = 0;
  /** Start (ms since 1970) of a possible stall: when bytes began to wait, when some were last taken, or the end. */
  #stallStart = 0;

  constructor(target: { response: ServerResponse; socket: Socket }, dependencies: ConnectionDependencies) {
    this.#response = target.response;
    this.#socket = target.socket;
    this.#statistics = dependencies.statistics;
    this.#userBytes = dependencies.userBytes;
    this.#format = dependencies.format;
    this.#bufferBytes = dependencies.limits.bufferBytes;
    this.#deadline = Date.now() + dependencies.limits.lifetimeMs * (1 - LIFETIME_SPREAD * Math.random());
    target.response.once('close', () => this.#close());
    this.#refuse = dependencies.refuse;
    if (dependencies.refuse === undefined) this.#begin();
    else this.#statusWindow = setTimeout(() => this.#begin(), STATUS_WINDOW_MS);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Calls back when the connection is over; at once if it is already. */
  onOver(callback: () => void): void {
    if (this.#isOver) callback();
    else this.#overCallbacks.push(callback);
  }

  /**
   * Calls back when the connection is closed; at once if it is already. A stream still counts against the limits while
   * bytes wait for its client.
   */
  onClose(callback: () => void): void {
    if (this.#response.closed) callback();
    else this.#closeCallbacks.push(callback);
  }

  /**
   * Whether one more message may wait, within the limits of this stream and of its user. True when the connection is
   * over: then there is nothing to wait for.
   */
  get isWritable(): boolean {
    return this.#isOver || (this.#waitingBytes <= this.#bufferBytes && this.#userBytes.isWritable);
  }

  /** Writes, even without room. */
  write(...chunks: readonly Chunk[]): void {
    if (this.#isOver) return;
    if (!this.#hasBegun) this.#begin();
    this.#send(chunks);
  }

  /**
   * Resolves when the system has taken all bytes of this connection. If none waited, it resolves when another stream of
   * the user has made room. It also resolves when the connection is over.
   */
  async untilWritable(): Promise<void> {
    if (this.#isOver) return;
    this.#statistics.lagging += 1;
    await new Promise<void>((resolve) => {
      this.#drain = resolve;
      if (this.#waitingBytes === 0) this.#userBytes.block(resolve);
    });
    if (this.#drain !== undefined) this.#userBytes.unblock(this.#drain);
    this.#drain = undefined;
    this.#statistics.lagging -= 1;
  }

  /** Gives room to other streams of the user that wait for it: it may have woken this connection, which writes nothing. */
  passRoom(): void {
    this.#userBytes.wake();
  }

  /** Sends a ping; cuts a stalled client off, and ends a stream at the end of its lifetime. */
  ping({ now, stallMs }: { now: number; stallMs: number }): void {
    const patienceMs = this.#userBytes.hasBlockedStreams ? Math.min(stallMs, BLOCKING_STALL_MS) : stallMs;
    if ((this.#waitingBytes > 0 || this.#isOver) && now - this.#stallStart >= patienceMs) {
      this.#statistics.cut.stalled += 1;
      this.#socket.destroy();
    } else if (this.#isOver || !this.#hasBegun) {
      return;
    } else if (now >= this.#deadline) {
      this.#statistics.cut.lifetime += 1;
      this.end('');
    } else if (this.#waitingBytes === 0) this.write(this.#format.ping);
  }

  /** Ends the answer because its token has expired, without a last text: the client comes back with a fresh token. */
  expire(): void {
    if (this.#isOver) return;
    this.#statistics.cut.expired += 1;
    this.end('');
  }

  /** Ends the answer after a last text. */
  end(text: string): void {
    if (this.#isOver) return;
    this.#begin();
    if (text !== '') this.#send([Chunk.of(text)]);
    this.#response.end();
    this.#setOver();
  }

  /** Ends the answer after a failure. A permanent failure before the answer has begun goes to `refuse`. */
  fail(error: unknown, text: string): void {
    const isRetryable = error instanceof TaskwireError && error.isRetryable;
    if (this.#isOver) return;
    if (this.#hasBegun || this.#refuse === undefined || isRetryable) return this.end(text);
    this.#setOver();
    this.#refuse(error);
  }

  #begin(): void {
    if (this.#hasBegun || this.#isOver) return;
    this.#hasBegun = true;
    clearTimeout(this.#statusWindow);
    this.#statusWindow = undefined;
    this.#refuse = undefined;
    beginAnswer(this.#response, this.#format);
    this.#response.write(openingText(this.#format));
    this.#isChunked = this.#response.chunkedEncoding;
  }

  #send(chunks: readonly Chunk[]): void {
    if (this.#waitingBytes === 0) this.#stallStart = Date.now();
    const buffers = chunks.map(({ framed, bare }) => (this.#isChunked ? framed : bare));
    const [only] = buffers;
    if (buffers.length === 1 && only !== undefined && only.length <= WRITE_BYTES) {
      this.#post({ buffers, bytes: only.length });
    } else for (const write of socketWrites(buffers)) this.#post(write);
  }

  #post({ buffers, bytes }: SocketWrite): void {
    this.#waitingBytes += bytes;
    this.#statistics.waitingBytes += bytes;
    this.#userBytes.add(bytes);
    writeDirectly(this.#socket, buffers, (error) => this.#taken(bytes, error));
  }

  #taken(bytes: number, error: Error | null | undefined): void {
    this.#waitingBytes -= bytes;
    this.#statistics.waitingBytes -= bytes;
    this.#userBytes.remove(bytes);
    if (error) return void this.#socket.destroy();
    if (this.#waitingBytes > 0 || this.#isOver) this.#stallStart = Date.now();
    else this.#drain?.();
  }

  #setOver(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#waitingBytes === 0) this.#stallStart = Date.now();
    clearTimeout(this.#statusWindow);
    this.#drain?.();
    for (const callback of this.#overCallbacks.splice(0)) callback();
  }

  #close(): void {
    this.#setOver();
    for (const callback of this.#closeCallbacks.splice(0)) callback();
  }
}
