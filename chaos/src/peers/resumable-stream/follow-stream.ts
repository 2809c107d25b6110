import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import * as z from 'zod';
import type { WatchRecord } from '../record.ts';

const RETRY_MS = 200;
/** A client that is refused this often in a row gives up: some 5 s, as each refusal takes the server a second. */
const PATIENCE = 5;

const eventSchema = z.object({ number: z.int() });

/** Error of `fetch`: a TypeError, or the error of its signal. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError || error instanceof DOMException;
}

/** The library has no client: this one does what its documentation describes, and counts characters to resume. */
export class StreamFollower {
  readonly #url: string;
  readonly #record: WatchRecord;
  readonly #stop = new AbortController();
  // One for all connections: the stream goes on at the very character, also in the middle of an event.
  readonly #parser = createParser({
    onEvent: ({ data }) => this.#record.addEvent(eventSchema.parse(JSON.parse(data)).number),
  });
  #characters = 0;
  #refusals = 0;

  constructor(url: string, record: WatchRecord) {
    this.#url = url;
    this.#record = record;
  }

  /** Follows the stream over lost connections until it ends, is refused for good, or `stop` is called. */
  async run(): Promise<void> {
    while (!this.#record.over && !this.#stop.signal.aborted) {
      try {
        await this.#connect();
      } catch (error) {
        // A lost connection is tried again from where it broke off.
        if (!isLostConnection(error)) throw error;
      }
      await delay(RETRY_MS);
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  async #connect(): Promise<void> {
    const response = await fetch(`${this.#url}/?resumeAt=${this.#characters}`, { signal: this.#stop.signal });
    if (response.status === 404) return;
    if (response.ok) await this.#read(response);
    else this.#refused(response.status);
  }

  async #read(response: Response): Promise<void> {
    this.#refusals = 0;
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      this.#characters += text.length;
      this.#parser.feed(text);
    }
    this.#record.add({ type: 'ended', how: 'completed' });
  }

  /** 422 says that the stream is done, to a client that knows it has not got it all. */
  #refused(status: number): void {
    this.#refusals += 1;
    if (status !== 422 && this.#refusals < PATIENCE) return;
    this.#record.add({ type: 'gap' });
    this.#record.add({ type: 'ended', how: 'failed' });
  }
}
