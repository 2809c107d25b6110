import type { TaskEvent } from '@taskwire/protocol';
import type { AnyTaskDefinition, TaskOutput, TaskState } from '@taskwire/tasks';

/** Settings of a task that a test runs. */
export interface RunOptions<Definition extends AnyTaskDefinition> {
  /** Time limit (ms); the kind's own if absent. */
  timeoutMs?: number;
  /** The owner; `ann` if absent. */
  ownerId?: string;
  /** Longest time (ms) of the handler after its signal has aborted; 5,000 if absent. */
  cancelGraceMs?: number;
  /** Called after each event. The task is canceled when it first answers true. */
  cancelWhen?: (state: TaskState<Definition>) => boolean;
}

/** A task that has ended. */
export interface TaskRun<Definition extends AnyTaskDefinition> {
  /** Every event, in order. */
  readonly events: readonly TaskEvent[];
  /** The final state: status, stages, channels, error. */
  readonly state: TaskState<Definition>;
  /** The output; undefined unless the task is done. */
  readonly output: TaskOutput<Definition> | undefined;
  /** Errors of the handler whose words its owner does not see, in order. */
  readonly hiddenErrors: readonly unknown[];
}

/** A task that a test drives. It holds the process's clock until `finish` or `stop`. */
export interface TestTask<Definition extends AnyTaskDefinition> {
  readonly events: readonly TaskEvent[];
  readonly state: TaskState<Definition>;
  /** Lets this time (ms) pass. */
  advance(ms: number): Promise<void>;
  /** Requests a cancel, as the owner does. */
  cancel(): void;
  /** Lets time pass until the task has ended. */
  finish(): Promise<TaskRun<Definition>>;
  /** Gives the process its clock back without waiting for the end. */
  stop(): void;
}
