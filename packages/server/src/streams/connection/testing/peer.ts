import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/** The client's end of a connection, in memory: it takes writes, or lets them wait in this process. Destroy it. */
export class Peer extends Socket {
  /** Every write, whether or not it has been taken yet. */
  readonly writes: Buffer[] = [];
  readonly response: ServerResponse;
  #reads = true;
  #waiting: { bytes: number; done: Done }[] = [];

  constructor() {
    super();
    const request = new IncomingMessage(this);
    request.httpVersionMajor = 1;
    request.httpVersionMinor = 1;
    this.response = new ServerResponse(request);
    this.response.assignSocket(this);
    this.on('error', () => undefined);
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: Done): void {
    this._writev([{ chunk, encoding }], done);
  }

  override _writev(chunks: { chunk: Buffer | string; encoding: BufferEncoding }[], done: Done): void {
    const buffers = chunks.map(({ chunk, encoding }) =>
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk,
    );
    this.writes.push(...buffers);
    this.#waiting.push({ bytes: buffers.reduce((sum, { length }) => sum + length, 0), done });
    if (this.#reads) process.nextTick(() => this.takeNext(Infinity));
  }

  /** Takes nothing until `readOn` or `takeNext`. */
  stall(): void {
    this.#reads = false;
  }

  /** Takes all writes again, waiting and later ones. */
  readOn(): void {
    this.#reads = true;
    this.takeNext(Infinity);
  }

  /** Takes `count` of the waiting writes. */
  takeNext(count: number): void {
    for (const { done } of this.#waiting.splice(0, count)) done();
  }

  /** Bytes that wait in this process. */
  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The text written so far, framing included. */
  get text(): string {
    return Buffer.concat(this.writes).toString();
  }
}
