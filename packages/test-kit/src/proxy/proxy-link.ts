import type { Socket } from 'node:net';

/**
 * A connection through a proxy: two sockets, and the bytes between them. Flowing ⇄ stalled → closed, once a side closes or
 * it is cut.
 *
 * A cut waits until the client has said something. Node's fetch (seen in 20.20) never settles if its connection is closed
 * before it has sent its request, and no test is about that.
 */
export class ProxyLink {
  readonly #client: Socket;
  #server: Socket | undefined;
  #stalled: boolean;
  #hasSpoken = false;

  constructor(client: Socket, stalled: boolean) {
    this.#client = client;
    this.#stalled = stalled;
    // A lost connection shows as 'close'.
    client.on('error', () => undefined);
    client.on('close', () => this.#server?.destroySoon());
    client.once('data', () => (this.#hasSpoken = true));
    client.pause();
  }

  /** Connects it to its server. */
  join(server: Socket): void {
    this.#server = server;
    server.on('error', () => undefined);
    server.on('close', () => this.#afterSpeaking(() => this.#client.destroySoon()));
    this.#flow(this.#client, server);
    this.#flow(server, this.#client);
    if (this.#client.destroyed) server.destroy();
    else if (this.#stalled) this.stall();
    else this.resume();
  }

  /** Holds all bytes until `resume`. Neither side notices. */
  stall(): void {
    this.#stalled = true;
    this.#client.pause();
    this.#server?.pause();
  }

  resume(): void {
    this.#stalled = false;
    if (this.#server === undefined) return;
    this.#client.resume();
    this.#server.resume();
  }

  /** Ends the connection, in the middle of any message. */
  cut(): void {
    this.#server?.destroy();
    this.#afterSpeaking(() => this.#client.destroy());
  }

  /** Answers in place of the server once the client has said something, and ends the connection. */
  answer(words: string): void {
    this.#afterSpeaking(() => {
      this.#client.resume();
      this.#client.end(words);
    });
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#server?.destroy();
    this.#client.destroy();
  }

  #afterSpeaking(end: () => void): void {
    if (this.#hasSpoken) return end();
    this.#client.once('data', end);
    this.#client.resume();
  }

  #flow(from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      if (to.destroyed || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => {
        if (!this.#stalled) from.resume();
      });
    });
    from.on('end', () => to.end());
  }
}
