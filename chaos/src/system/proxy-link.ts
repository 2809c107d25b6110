import type { Socket } from 'node:net';

/**
 * A connection through a proxy: two sockets and what flows between them. Open until one side closes or it is cut.
 *
 * A client that has not said anything yet is cut as soon as it has: Node's fetch (seen in 20.20) never settles if its
 * connection is closed before it has sent its request, which is outside this test.
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

  /** Gives it its other end. */
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

  /** Nothing flows until `resume`, and neither side notices. */
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

  /** Ends the connection, in the middle of whatever flows. */
  cut(): void {
    this.#server?.destroy();
    this.#afterSpeaking(() => this.#client.destroy());
  }

  /** Says something in the place of the other end, once the client has spoken, and ends the connection. */
  answer(words: string): void {
    this.#afterSpeaking(() => {
      this.#client.resume();
      this.#client.end(words);
    });
  }

  /** Ends the connection whatever its client has done. */
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
