import type { TaskEventDraft } from '@taskwire/protocol';
import { createTaskwireClient } from '../create-client.ts';
import type { TaskwireClient } from '../taskwire-client.ts';
import type { TokenSource } from '../transport/transport.ts';
import { FakeServer } from './fake-server.ts';
import { countTask } from './test-tasks.ts';

/** A fake server, a client that is signed in there, and a running task to watch. */
export class TestBench {
  readonly server: FakeServer;
  readonly client: TaskwireClient;
  readonly #clients: TaskwireClient[] = [];

  private constructor(server: FakeServer) {
    this.server = server;
    this.client = this.connect(server.issueToken('ann'));
  }

  static async start(): Promise<TestBench> {
    return new TestBench(await FakeServer.start());
  }

  /** One more client; closed with the bench. */
  connect(token: TokenSource, settings: { fetch?: typeof fetch } = {}): TaskwireClient {
    const client = createTaskwireClient({ url: this.server.url, token, ...settings });
    this.#clients.push(client);
    return client;
  }

  /** Starts a `demo.count` task of ann, with 3 events in its log. Returns its id. */
  async runningTask(): Promise<string> {
    const { taskId } = await this.client.tasks.create(countTask, { to: 10 });
    this.write(taskId, { type: 'started', workerId: 'w1' });
    this.write(taskId, { type: 'stage', stage: 'count', status: 'running', weight: 1 });
    return taskId;
  }

  write(taskId: string, event: TaskEventDraft): void {
    this.server.ports.events.write(taskId, event);
  }

  /** Appends a progress of `current` of 10. */
  progress(taskId: string, current: number): void {
    this.write(taskId, { type: 'progress', stage: 'count', current, total: 10, percent: current * 10 });
  }

  done(taskId: string): void {
    this.write(taskId, { type: 'done', output: { counted: 10 }, durationMs: 5 });
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.server.close();
  }
}
