import { randomUUID } from 'node:crypto';
import { fieldErrors, invalidInput, type TaskEvent } from '@taskwire/protocol';
import {
  readTaskState,
  storedForm,
  type AnyTaskDefinition,
  type JsonValue,
  type TaskInput,
  type TaskOutput,
  type TaskState,
} from '@taskwire/tasks';
import type { TaskHandler } from '@taskwire/worker';
import { InProcessTask } from '@taskwire/worker/in-process';
import { VirtualClock } from '../virtual-clock.ts';
import type { RunOptions, TaskRun, TestTask } from './run-options.ts';
import { testUploadOpener } from './test-upload.ts';

/**
 * A task on a virtual clock.
 *
 * Running, with the clock installed → finished or stopped, with the process's own clock.
 */
export class DrivenTask<Definition extends AnyTaskDefinition> implements TestTask<Definition> {
  readonly #definition: Definition;
  readonly #clock: VirtualClock;
  readonly #task: InProcessTask;
  readonly #hiddenErrors: unknown[] = [];
  readonly #ended: Promise<unknown>;
  #isSettled = false;
  #isStopped = false;

  /** @throws TaskwireError INVALID_INPUT; Error if another virtual clock is installed. */
  constructor(handler: TaskHandler<Definition>, input: TaskInput<Definition>, options: RunOptions<Definition>) {
    const { timeoutMs = handler.task.timeoutMs, ownerId = 'ann', cancelGraceMs = 5_000 } = options;
    this.#definition = handler.task;
    const stored = checkedInput(handler.task, input);
    this.#clock = new VirtualClock();
    this.#task = new InProcessTask({
      ...{ handler, ownerId, cancelGraceMs, timeoutMs, input: stored, priority: 5 },
      ...{ taskId: randomUUID(), projectId: randomUUID() },
      uploads: testUploadOpener,
      onEvent: () => {
        if (options.cancelWhen?.(this.state) === true) this.#task.cancel();
      },
      onFailure: (error) => this.#hiddenErrors.push(error),
    });
    this.#ended = this.#task.run().finally(() => {
      this.#isSettled = true;
    });
    this.#ended.catch(() => undefined);
  }

  get events(): readonly TaskEvent[] {
    return this.#task.events;
  }

  get state(): TaskState<Definition> {
    return readTaskState(this.#definition, this.#task.snapshot.state);
  }

  cancel(): void {
    this.#task.cancel();
  }

  advance(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  async finish(): Promise<TaskRun<Definition>> {
    try {
      await this.#clock.runUntilSettled({
        isSettled: () => this.#isSettled,
        idleTimers: () => (this.#task.isLimitRunning ? 1 : 0),
      });
      await this.#ended;
    } finally {
      this.stop();
    }
    const { events, state } = this;
    return { events, state, output: outputOf(state), hiddenErrors: this.#hiddenErrors };
  }

  stop(): void {
    if (!this.#isStopped) this.#clock.uninstall();
    this.#isStopped = true;
  }
}

function outputOf<Definition extends AnyTaskDefinition>(state: { output?: TaskOutput<Definition> }) {
  return state.output;
}

/** The input in the form in which a server stores it. @throws TaskwireError INVALID_INPUT, naming each refused field. */
function checkedInput(definition: AnyTaskDefinition, input: unknown): JsonValue {
  const check = definition.input.safeParse(input);
  if (!check.success) throw invalidInput(fieldErrors(check.error, { root: 'input' }));
  return storedForm(definition.input, input);
}
