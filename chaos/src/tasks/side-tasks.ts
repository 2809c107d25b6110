import * as z from 'zod';
import { isTerminalType } from '../oracle/message.ts';
import type { Finding } from '../oracle/findings.ts';
import { patience, until } from '../until.ts';
import type { ApiClient } from '../system/api-client.ts';
import type { Database } from '../system/database.ts';
import { withDeadline } from '../with-deadline.ts';

/** Longest time (ms) for a task that is to be spoiled to be created, and to end. */
const ENDED_WITHIN_MS = 120_000;
/** Longest time (ms) for which the system may answer that it is busy. */
const ANSWERED_WITHIN_MS = 15_000;

const taskSchema = z.looseObject({ taskId: z.string() });

export interface SideTaskSettings {
  projectId: string;
  /** Name of the round; keys of its side tasks begin with it. */
  key: string;
  signal: AbortSignal;
  /** Longest time (ms) for which the system may answer that it is busy; 15 s if absent. */
  answeredWithinMs?: number;
}

/** The tasks of a round that its plan does not name: creates that may be refused, and tasks whose rows are spoiled. */
export class SideTasks {
  /** Ids of those that there are for certain. */
  readonly taskIds: string[] = [];
  /** Keys of the creates that were answered with an error. */
  readonly refusedKeys = new Set<string>();
  readonly #client: ApiClient;
  readonly #database: Pick<Database, 'tasks' | 'spoil'>;
  readonly #settings: SideTaskSettings;
  readonly #spoiled: string[] = [];
  #count = 0;

  constructor(client: ApiClient, database: Pick<Database, 'tasks' | 'spoil'>, settings: SideTaskSettings) {
    this.#client = client;
    this.#database = database;
    this.#settings = settings;
  }

  /** Creates a task once. It counts as refused if the api refuses it; without an answer its fate is unknown. */
  async probeCreate(): Promise<void> {
    const request = this.#request('probe');
    const answer = await this.#client.tryOnce('mutation', 'task.create', request).catch(() => undefined);
    if (answer === undefined) return;
    if (answer.status === 200) this.taskIds.push(taskSchema.parse(answer.body).taskId);
    else this.refusedKeys.add(request.idempotencyKey);
  }

  /** Creates a task, waits until it has ended, and changes its row. @param sets columns and values, as SQL. */
  async spoilRow(sets: string): Promise<void> {
    const request = this.#request('spoiled');
    const { signal, projectId } = this.#settings;
    const created = await withDeadline(signal, ENDED_WITHIN_MS * patience(), () =>
      this.#client.mutate('task.create', request),
    );
    const { taskId } = taskSchema.parse(created);
    this.taskIds.push(taskId);
    const hasEnded = async () => {
      const rows = await this.#database.tasks(projectId);
      return rows.some((row) => row.taskId === taskId && isTerminalType(row.status));
    };
    // One that does not end is found as such when the round is over.
    if (!(await until(hasEnded, ENDED_WITHIN_MS))) return;
    await this.#database.spoil(taskId, sets);
    this.#spoiled.push(taskId);
  }

  /** Asks for what there is of the rows that were spoiled, and for the lists that they stand in. */
  async unanswered(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const taskId of this.#spoiled) {
      const questions: [procedure: string, input: object][] = [
        ['task.list', { projectId: this.#settings.projectId, limit: 50 }],
        ['task.get', { taskId }],
        ['task.history', { taskId }],
        ['task.poll', { taskId, waitMs: 0 }],
      ];
      for (const [procedure, input] of questions) {
        const problem = await this.#problemOf(procedure, input, taskId);
        if (problem !== undefined) findings.push({ figure: 'stuck', count: 1, who: taskId, detail: problem });
      }
    }
    return findings;
  }

  async #problemOf(procedure: string, input: object, taskId: string): Promise<string | undefined> {
    let said = 'nothing';
    const answered = await until(
      async () => {
        this.#settings.signal.throwIfAborted();
        const answer = await this.#client.tryOnce('query', procedure, input).catch((error: unknown) => {
          said = error instanceof Error ? error.message : String(error);
          return undefined;
        });
        if (answer === undefined) return false;
        const text = JSON.stringify(answer.body);
        said = `${answer.status}: ${text.slice(0, 300)}`;
        return answer.status === 200 && text.includes(taskId);
      },
      this.#settings.answeredWithinMs ?? ANSWERED_WITHIN_MS,
      500,
    );
    return answered ? undefined : `${procedure} of a task whose row was spoiled is answered by ${said}`;
  }

  #request(sort: string) {
    this.#count += 1;
    const { projectId, key } = this.#settings;
    const input = { to: 3, everyMs: 20 };
    return { kind: 'demo.count', input, projectId, idempotencyKey: `${key}-${sort}-${this.#count}` };
  }
}
