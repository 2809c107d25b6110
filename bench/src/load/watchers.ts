import { connect, type Socket } from 'node:net';
import { fineClock } from '../measure/fine-clock.ts';
import { openingOf, type WatchAddress } from './watch-address.ts';

/** Most connections that are opened at a time. The backlog of every server holds this number. */
const OPENING_AT_ONCE = 100;
const RECEIVE_BYTES = 64 * 1024;

export interface WatchersSettings {
  address: WatchAddress;
  watchers: number;
  /** Takes what a watcher received, valid during the call only. */
  receive: (watcher: number, chunk: Buffer, now: number) => void;
  /** Whether they read what comes after the answer's beginning. */
  reading: boolean;
}

/** Many connections to one stream. Closed by `close`. */
export class Watchers {
  readonly #settings: WatchersSettings;
  /** One for all: it is dealt with before anything else is received. */
  readonly #buffer = Buffer.allocUnsafe(RECEIVE_BYTES);
  readonly #sockets: Socket[] = [];
  #pongs: NodeJS.Timeout | undefined;
  #isClosing = false;
  #cut = 0;

  constructor(settings: WatchersSettings) {
    this.#settings = settings;
  }

  /** Number of connections that ended by themselves. */
  get cut(): number {
    return this.#cut;
  }

  /** Opens all. @throws Error with the answer's beginning if one is refused. */
  async open(): Promise<void> {
    let next = 0;
    const openOneAfterTheOther = async () => {
      for (; next < this.#settings.watchers;) await this.#open(next++);
    };
    await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openOneAfterTheOther));
    if (this.#settings.address.wire === 'socket.io') {
      this.#pongs = setInterval(() => this.#sayAll(SOCKET_IO_PONG), SOCKET_IO_PONG_MS);
    }
  }

  /** Closes all; resolves once they are closed. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#pongs);
    const open = this.#sockets.filter((socket) => !socket.closed);
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve).destroy())));
  }

  #sayAll(frame: Buffer): void {
    for (const socket of this.#sockets) socket.write(frame);
  }

  #open(watcher: number): Promise<void> {
    const { receive, reading, address } = this.#settings;
    return new Promise((resolve, reject) => {
      let isOpen = false;
      const take = (length: number) => {
        const chunk = this.#buffer.subarray(0, length);
        if (isOpen) {
          receive(watcher, chunk, fineClock());
          return true;
        }
        const beginning = chunk.toString('latin1', 0, 1_000);
        if (!/^HTTP\/1\.1 (200|101) /.test(beginning)) {
          reject(new Error(`a watcher was answered: ${beginning}`));
          return false;
        }
        isOpen = true;
        if (address.wire === 'socket.io') socket.write(SOCKET_IO_JOIN);
        receive(watcher, chunk, fineClock());
        resolve();
        return reading;
      };
      const onread = { buffer: this.#buffer, callback: take };
      const socket = connect({ port: address.port, host: '127.0.0.1', noDelay: true, onread });
      this.#sockets.push(socket);
      socket.write(openingOf(address, watcher));
      socket.on('error', reject);
      socket.on('close', () => {
        if (isOpen && !this.#isClosing) this.#cut += 1;
        reject(new Error('a watcher was turned away without an answer'));
      });
    });
  }
}

/** A text frame of a websocket from a client: shorter than 126 bytes, masked with zeros. */
function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Joins the namespace `/`: to be sent once the connection is a websocket. */
export const SOCKET_IO_JOIN = clientFrame('40');
/** Says that the client is there. */
export const SOCKET_IO_PONG = clientFrame('3');
/** Interval (ms) of the answer, with or without a request; shorter than Socket.IO's own. */
export const SOCKET_IO_PONG_MS = 20_000;
