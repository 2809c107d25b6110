import type { PlannedWatcher, RoundPlan } from '../plan/round-plan.ts';
import { targetOf } from '../watchers/visit.ts';
import { Watcher } from '../watchers/watcher.ts';
import { WatchRecord } from '../watchers/record.ts';
import type { Database } from '../system/database.ts';
import type { System } from '../system/system.ts';
import type { LeakCheck } from '../leaks/leak-check.ts';
import type { Recorder } from '../truth/recorder.ts';
import type { Truth } from '../truth/truth.ts';

/** The system under test; the same for all rounds of a run. */
export interface RoundGround {
  system: System;
  database: Database;
  truth: Truth;
  recorder: Recorder;
  leaks: LeakCheck;
  /** A watcher's fetch; a test's may spoil answers to see that the oracle notices. */
  fetchFor: (watcherName: string) => typeof fetch;
  /** Ends a round early. */
  signal: AbortSignal;
}

/** Participants of a round: its owner and project, the tasks so far, and their watchers. */
export class RoundCast {
  readonly ownerId: string;
  readonly token: string;
  readonly projectId: string;
  /** Ids of the tasks of the plan that are there, by their place in it. */
  readonly taskIds = new Map<number, string>();
  readonly watchers: Watcher[] = [];
  readonly #ground: RoundGround;
  readonly #plan: RoundPlan;
  readonly #begunAt = performance.now();

  constructor(ground: RoundGround, plan: RoundPlan, owner: { ownerId: string; token: string; projectId: string }) {
    this.#ground = ground;
    this.#plan = plan;
    this.ownerId = owner.ownerId;
    this.token = owner.token;
    this.projectId = owner.projectId;
    for (const watcher of plan.watchers) if (watcher.subject.of !== 'task') this.#admit(watcher);
  }

  /** A task of the plan is there: its watchers may come. */
  created(place: number, taskId: string): void {
    this.taskIds.set(place, taskId);
    for (const watcher of this.#plan.watchers) {
      if (watcher.subject.of === 'task' && watcher.subject.task === place) this.#admit(watcher);
    }
  }

  /** Ids of the tasks that are there. */
  get createdTaskIds(): string[] {
    return [...this.taskIds.values()];
  }

  /** Whether the plan cancels a task. */
  isToBeCanceled(taskId: string): boolean {
    return this.#plan.tasks.some(
      ({ cancelAfterMs }, place) => cancelAfterMs !== undefined && this.taskIds.get(place) === taskId,
    );
  }

  /** Whether the plan gives a task's own handler a deed that may end the task in error. */
  mayFail(taskId: string): boolean {
    return this.#plan.tasks.some(({ mayFail }, place) => mayFail === true && this.taskIds.get(place) === taskId);
  }

  async dismissAll(): Promise<void> {
    await Promise.all(this.watchers.map((watcher) => watcher.dismiss()));
  }

  #admit(planned: PlannedWatcher): void {
    const { system, fetchFor } = this.#ground;
    const visit = {
      url: system.gateUrl(planned.gate),
      token: this.token,
      target: targetOf(planned.subject, { tasks: this.taskIds, projectId: this.projectId }),
      record: new WatchRecord(this.#begunAt),
      fetch: fetchFor(planned.name),
    };
    this.watchers.push(new Watcher(planned, visit));
  }
}
