import { connect, type Socket } from 'node:net';
import { Chunked } from './chunked.ts';
import { Ledger } from './ledger.ts';
import type { CrowdSettings } from './messages.ts';

/** Longest wait (ms) after a refusal. */
const RETRY_MS = 500;

/**
 * One watcher on a connection of its own: away → connected → away again. It comes back with its cursor whenever it loses
 * the connection, unless it is held.
 */
export class StormWatcher {
  readonly ledger = new Ledger();
  refused = 0;
  rejected = 0;
  /** If it is held and loses its connection, it waits for the command to reconnect. */
  isHeld = false;
  readonly #settings: CrowdSettings;
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: CrowdSettings) {
    this.#settings = settings;
  }

  /** Comes back after a while (ms), unless it is there. */
  come(afterMs: number): void {
    if (this.#socket !== undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#connect(), afterMs);
  }

  #connect(): void {
    this.#timer = undefined;
    const { host, port } = this.#settings;
    const answer = new Chunked();
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    this.ledger.reconnect();
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write(this.#request()));
    socket.on('data', (text: string) => this.#take(answer, text));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#socket = undefined;
      if (answer.status === 0) this.refused += 1;
      if (!this.isHeld) this.come(Math.random() * RETRY_MS);
    });
  }

  #take(answer: Chunked, text: string): void {
    const body = answer.take(text);
    if (answer.status === 200) this.ledger.take(body);
    else if (answer.status !== 0) {
      this.rejected += 1;
      this.#socket?.destroy();
    }
  }

  #request(): string {
    const { host, port, path, token } = this.#settings;
    const { last } = this.ledger;
    const cursor = last === undefined ? [] : [`Last-Event-ID: ${last}`];
    const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}:${port}`, 'Accept: text/event-stream', ...cursor];
    return [...lines, `Authorization: Bearer ${token}`, '', ''].join('\r\n');
  }
}
