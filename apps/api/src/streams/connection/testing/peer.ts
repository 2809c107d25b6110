import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/** The other end of a line, in memory: it takes what is written, or lets it wait in this process. Destroy it. */
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

  /** Takes no more until it is told to. */
  stall(): void {
    this.#reads = false;
  }

  /** Takes everything again, now and from now on. */
  readOn(): void {
    this.#reads = true;
    this.takeNext(Infinity);
  }

  /** Takes so many of the writes that wait. */
  takeNext(count: number): void {
    for (const { done } of this.#waiting.splice(0, count)) done();
  }

  /** How many bytes wait in this process. */
  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The text written so far, framing included. */
  get text(): string {
    return Buffer.concat(this.writes).toString();
  }
}
