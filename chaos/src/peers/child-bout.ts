import { TcpProxy, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import getPort from 'get-port';
import { type ChildMessage, ChildProgram } from './child-program.ts';
import type { Bout, Workload } from './contestant.ts';
import { WatchRecord } from './record.ts';

export interface ServerSettings {
  redisUrl: string;
  /** Port to listen on. */
  port: number;
  /** Last cursor of the program before this one; empty for the first. */
  cursor: string;
}

export interface ProducerSettings {
  redisUrl: string;
  workload: Workload;
}

/** Set-up of a product: two programs, and a watcher in this process unless it runs in the server's. */
export interface ChildBoutSettings {
  workload: Workload;
  /** Gets `ServerSettings`. */
  server: URL;
  /** Gets `ProducerSettings`. */
  producer: URL;
  /** Which line is cut: from the watcher to the server, or from the server to Redis if the watcher runs there. */
  cutBefore: 'server' | 'redis';
  /** Whether a restarted producer finds its work again. */
  replaceable: boolean;
  /** Begins to watch; resolves once the watcher is there to get the first event. @returns what ends the watch. */
  watch: (watcher: { url: string; redisUrl: string; record: WatchRecord }) => Promise<() => Promise<void>>;
  trim: (redisUrl: string) => Promise<void>;
}

/** A round of a product whose producer and server are programs of ours, on a Redis of its own. */
export class ChildBout implements Bout {
  readonly record = new WatchRecord();
  readonly #settings: ChildBoutSettings;
  readonly #redis: TestRedis;
  readonly #proxy: TcpProxy;
  readonly #port: number;
  #accepted = 0;
  #cursor = '';
  #server: ChildProgram | undefined;
  #producer: ChildProgram | undefined;
  #letIn: (() => void) | undefined;
  #endWatch: (() => Promise<void>) | undefined;

  private constructor(settings: ChildBoutSettings, place: { redis: TestRedis; proxy: TcpProxy; port: number }) {
    this.#settings = settings;
    this.#redis = place.redis;
    this.#proxy = place.proxy;
    this.#port = place.port;
  }

  static async open(settings: ChildBoutSettings): Promise<ChildBout> {
    const redis = await createTestRedis();
    const port = await getPort();
    const target = settings.cutBefore === 'server' ? port : Number(new URL(redis.redisUrl).port);
    return new ChildBout(settings, { redis, port, proxy: await TcpProxy.open([target]) });
  }

  async start(): Promise<void> {
    const { redisUrl } = this.#redis;
    await this.startServer();
    const url = `http://127.0.0.1:${this.#proxy.port}`;
    this.#endWatch = await this.#settings.watch({ url, redisUrl, record: this.record });
    await this.#startProducer();
  }

  async startServer(): Promise<void> {
    const { redisUrl } = this.#redis;
    const settings: ServerSettings = {
      redisUrl: this.#settings.cutBefore === 'redis' ? `redis://127.0.0.1:${this.#proxy.port}` : redisUrl,
      port: this.#port,
      cursor: this.#cursor,
    };
    this.#server = await ChildProgram.start(this.#settings.server, settings, (message) => this.#hear(message));
  }

  async #startProducer(): Promise<void> {
    const settings: ProducerSettings = { redisUrl: this.#redis.redisUrl, workload: this.#settings.workload };
    this.#producer = await ChildProgram.start(this.#settings.producer, settings, (message) => this.#hear(message));
  }

  #hear(message: ChildMessage): void {
    switch (message.type) {
      case 'ready':
        return;
      case 'accepted':
        this.#accepted = Math.max(this.#accepted, message.number);
        return;
      case 'entry':
        this.record.add(message.entry);
        this.#cursor = message.cursor;
        return;
    }
  }

  produced(): Promise<number> {
    return Promise.resolve(this.#accepted);
  }

  cut(): void {
    this.#letIn = this.#proxy.refuse();
  }

  restore(): void {
    this.#letIn?.();
  }

  trim(): Promise<void> {
    return this.#settings.trim(this.#redis.redisUrl);
  }

  async killProducer(): Promise<void> {
    await this.#producer?.stop('SIGKILL');
  }

  async replaceProducer(): Promise<void> {
    if (this.#settings.replaceable) await this.#startProducer();
  }

  async stopServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#server?.stop(signal);
  }

  async close(): Promise<void> {
    // Not waited for before the server is gone: a client may miss its signal (Node.js 20 forgets them), but not that.
    const watchEnded = this.#endWatch?.();
    await Promise.all([this.#producer?.stop('SIGKILL'), this.#server?.stop('SIGKILL')]);
    await this.#proxy.close();
    await watchEnded;
    await this.#redis.stop();
  }
}
