import { TcpProxy } from '@taskwire/test-kit';
import type { Bout, Workload } from '../contestant.ts';
import { WatchRecord } from '../record.ts';
import type { Processes } from './processes.ts';
import { TaskLog } from './task-log.ts';
import { stockClient, watchTask } from './watch-task.ts';

/** Interval (ms) of reads of the log, so that its end is known however soon it is removed. */
const LOOK_EVERY_MS = 50;

/** One task of Taskwire, watched by the stock tRPC client through a line that can be cut. */
export class TaskwireBout implements Bout {
  readonly record = new WatchRecord();
  readonly #processes: Processes;
  readonly #token: string;
  readonly #workload: Workload;
  readonly #proxy: TcpProxy;
  #log: TaskLog | undefined;
  #looking: NodeJS.Timeout | undefined;
  #letIn: (() => void) | undefined;
  #endWatch: (() => void) | undefined;

  private constructor(place: { processes: Processes; token: string; proxy: TcpProxy }, workload: Workload) {
    this.#processes = place.processes;
    this.#token = place.token;
    this.#proxy = place.proxy;
    this.#workload = workload;
  }

  static async open(processes: Processes, token: string, workload: Workload): Promise<TaskwireBout> {
    const proxy = await TcpProxy.open([processes.port]);
    return new TaskwireBout({ processes, token, proxy }, workload);
  }

  async start(): Promise<void> {
    const client = stockClient(`http://127.0.0.1:${this.#proxy.port}`, this.#token);
    const { events, everyMs } = this.#workload;
    const { taskId } = await client.task.create.mutate({ kind: 'demo.count', input: { to: events, everyMs } });
    const log = new TaskLog(this.#processes.redis.redisUrl, taskId);
    this.#log = log;
    this.#looking = setInterval(() => void log.lastSeq(), LOOK_EVERY_MS);
    this.#endWatch = watchTask(client, taskId, this.record);
  }

  produced(): Promise<number> {
    return this.#log?.lastSeq() ?? Promise.resolve(0);
  }

  cut(): void {
    this.#letIn = this.#proxy.refuse();
  }

  restore(): void {
    this.#letIn?.();
  }

  async trim(): Promise<void> {
    await this.#log?.trim(this.#processes.databaseUrl);
  }

  async killProducer(): Promise<void> {
    await this.#processes.worker.end('SIGKILL');
  }

  replaceProducer(): Promise<void> {
    return this.#processes.worker.start();
  }

  async stopServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#processes.api.end(signal);
  }

  startServer(): Promise<void> {
    return this.#processes.api.start();
  }

  async close(): Promise<void> {
    this.#endWatch?.();
    clearInterval(this.#looking);
    this.#log?.close();
    await this.#proxy.close();
    if (!this.#processes.worker.isRunning()) await this.#processes.worker.start();
    if (!this.#processes.api.isRunning()) await this.#processes.api.start();
  }
}
