import {
  isTerminalStatus,
  percentOf,
  type LogLevel,
  type TaskEventDraft,
  type TaskState as UntypedTaskState,
} from '@taskwire/protocol';
import type { MemoryLogs } from '@taskwire/router/in-memory';
import {
  readTaskState,
  storedForm,
  type AnyTaskDefinition,
  type ChannelInput,
  type ChannelNameOf,
  type ParsedTaskInput,
  type StageNameOf,
  type TaskOutputInput,
  type TaskState,
} from '@taskwire/tasks';
import { checkValue, unknownName } from './checks.ts';
import { parsedInput } from './type-assertions.ts';

/** Progress of a stage: `current` of `total`, and the present item for people. */
export interface FakeProgress {
  current: number;
  total: number;
  itemName?: string;
}

/**
 * A task of the fake server. The test plays its worker: each call writes one event, which watchers get at once. Each throws
 * if the task has ended, as by a cancel of the page: a worker's event would be refused.
 */
export class FakeTask<Definition extends AnyTaskDefinition> {
  readonly taskId: string;
  readonly #definition: Definition;
  readonly #logs: MemoryLogs;
  readonly #input: unknown;
  readonly #sent = new Map<string, number>();

  constructor(
    logs: MemoryLogs,
    { taskId, definition, input }: { taskId: string; definition: Definition; input: unknown },
  ) {
    this.taskId = taskId;
    this.#definition = definition;
    this.#logs = logs;
    this.#input = input;
  }

  /** The input, parsed as a handler gets it. */
  get input(): ParsedTaskInput<Definition> {
    return parsedInput<Definition>(this.#definition.input.parse(this.#input));
  }

  get state(): TaskState<Definition> {
    return readTaskState(this.#definition, this.#state);
  }

  /** A worker takes the task, or begins the attempt after `retrying`. Every other call does this first if needed. */
  start(): this {
    const { status } = this.#state;
    if (isTerminalStatus(status)) throw new Error(`the task ${this.taskId} has ended: its status is ${status}`);
    if (status === 'queued' || status === 'retrying') {
      this.#logs.write(this.taskId, { type: 'started', workerId: 'test' });
    }
    return this;
  }

  /** Begins or ends a stage. @throws Error, here and below, if the kind has no such stage. */
  stage(name: StageNameOf<Definition>, status: 'running' | 'done' | 'failed' | 'skipped'): this {
    return this.#write({ type: 'stage', stage: name, status, weight: this.#plannedStage(name).weight });
  }

  /** Reports the progress of a stage, which it begins if needed. Percent follows from the weights. */
  progress(name: StageNameOf<Definition>, { current, total, itemName }: FakeProgress): this {
    this.#plannedStage(name);
    const before = this.#state.stages.find((stage) => stage.name === name);
    if (before?.status === 'pending') this.stage(name, 'running');
    const stages = this.#state.stages.map((stage) => (stage.name === name ? { ...stage, current, total } : stage));
    const percent = Math.max(this.#state.percent, percentOf(stages));
    const item = itemName === undefined ? {} : { itemName };
    return this.#write({ type: 'progress', stage: name, current, total, percent, ...item });
  }

  /** Adds to the text of a stage. */
  token(name: StageNameOf<Definition>, text: string): this {
    this.#plannedStage(name);
    const { text: before = '' } = this.#state.stages.find((stage) => stage.name === name) ?? {};
    return this.#write({ type: 'token', stage: name, text, offset: before.length });
  }

  log(level: LogLevel, message: string): this {
    return this.#write({ type: 'log', level, message });
  }

  /** Sends a value to a channel. @throws TaskwireError INVALID_INPUT, naming the fields that the channel's schema refuses. */
  send<Name extends ChannelNameOf<Definition>>(name: Name, value: ChannelInput<Definition, Name>): this {
    const { kind, channels } = this.#definition;
    const channel = channels[name];
    if (channel === undefined) throw unknownName(`${kind} has no channel "${name}"`, 'channels', Object.keys(channels));
    checkValue(channel.value, value, { kind, place: `channels.${name}` });
    const stored = storedForm(channel.value, value);
    if (channel.mode === 'latest') return this.#write({ type: 'data', channel: name, value: stored });
    const index = this.#sent.get(name) ?? 0;
    this.#sent.set(name, index + 1);
    return this.#write({ type: 'data', channel: name, keep: channel.keep, index, values: [stored] });
  }

  /** Ends the task with its output. @throws TaskwireError INVALID_INPUT, naming the fields that the kind's schema refuses. */
  done(output: TaskOutputInput<Definition>): this {
    checkValue(this.#definition.output, output, { kind: this.#definition.kind, place: 'output' });
    return this.#write({ type: 'done', output: storedForm(this.#definition.output, output), durationMs: 1_000 });
  }

  /** Ends the task in an error. */
  fail(code: string, message: string): this {
    return this.#write({ type: 'error', code, message });
  }

  /** Ends the task as canceled. */
  canceled(): this {
    return this.#write({ type: 'canceled' });
  }

  /** The next attempt follows after an error. */
  retrying(code: string, message: string, delayMs = 1_000): this {
    return this.#write({ type: 'retrying', delayMs, error: { code, message } });
  }

  #plannedStage(name: string): { weight: number } {
    const { kind, stages } = this.#definition;
    const plan = stages.find((stage) => stage.name === name);
    if (plan === undefined)
      throw unknownName(
        `${kind} has no stage "${name}"`,
        'stages',
        stages.map((each) => each.name),
      );
    return plan;
  }

  get #state(): UntypedTaskState {
    return this.#logs.snapshotNow(this.taskId).state;
  }

  #write(draft: TaskEventDraft): this {
    this.start();
    this.#logs.write(this.taskId, draft);
    return this;
  }
}
