import { advance, isTerminalStatus, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import { decodeMessage } from '../log/entry.ts';
import type { FeedSource } from './feed/feed-source.ts';
import { Feed } from './feed/feed.ts';
import { taskKeys, type TaskAddress } from '../log/keys.ts';
import { loadBase, loadHead, type LoadSnapshot } from '../log/load-head.ts';
import { Signature } from '../log/signature.ts';
import { TaskMessages } from './task-messages.ts';
import { restoreLostEnd } from '../log/restore-log.ts';
import type { TaskLog } from '../log/task-log.ts';

/** One watched task: its log, folded up to its last event. */
export class TaskFeed extends Feed<TaskEvent> {
  readonly messages = new TaskMessages();
  readonly #source: TaskSource;

  constructor(task: TaskAddress, log: TaskLog, loadSnapshot: LoadSnapshot) {
    const source = new TaskSource(task, log, loadSnapshot);
    super(source);
    this.#source = source;
  }

  /** The state at the last event known here. Only after `open`. */
  get snapshot(): TaskSnapshot {
    return this.#source.snapshot;
  }

  /** The state in place of events after `seq` that are gone: the oldest known one, so that the gap is smallest. */
  async standIn(seq: number): Promise<TaskSnapshot> {
    const { base, snapshot } = this.#source;
    return base.seq > seq && (await this.after(base.seq)) !== 'gone' ? base : snapshot;
  }

  get ended(): boolean {
    return isTerminalStatus(this.snapshot.state.status);
  }
}

class TaskSource implements FeedSource<TaskEvent> {
  readonly #task: TaskAddress;
  readonly #log: TaskLog;
  readonly #loadSnapshot: LoadSnapshot;
  readonly #signature: Signature;
  #base: TaskSnapshot | undefined;
  #snapshot: TaskSnapshot | undefined;

  constructor(task: TaskAddress, log: TaskLog, loadSnapshot: LoadSnapshot) {
    this.#task = task;
    this.#log = log;
    this.#loadSnapshot = loadSnapshot;
    this.#signature = new Signature(taskKeys(task).channel, () => log.secret(task));
  }

  get base(): TaskSnapshot {
    return opened(this.#base);
  }

  get snapshot(): TaskSnapshot {
    return opened(this.#snapshot);
  }

  async begin(): Promise<number> {
    await Promise.all([this.#loadBase(), this.#signature.ready()]);
    return this.snapshot.seq;
  }

  async read(afterSeq: number, limit: number): Promise<TaskEvent[]> {
    const [events] = await Promise.all([this.#log.read(this.#task, afterSeq, limit), this.#signature.ready()]);
    return events;
  }

  decode(message: string): TaskEvent[] {
    return decodeMessage(this.#task, this.#signature.verified(message));
  }

  apply(event: TaskEvent): void {
    this.#snapshot = advance(this.snapshot, event);
  }

  /** The log was trimmed below a persisted snapshot, or restored onto a new base. */
  async resumeAfterHole(seq: number): Promise<number> {
    await this.#loadBase();
    if (this.snapshot.seq > seq) return this.snapshot.seq;
    const [next] = await this.#log.read(this.#task, seq, 1);
    // The log was being restored at that moment. By now it goes on, or is not there yet.
    if (next === undefined || next.seq === seq + 1) return seq;
    // Redis has lost events that no snapshot covers: watchers get a gap.
    this.#adopt(await loadHead(this.#log, this.#task, this.#loadSnapshot));
    return this.snapshot.seq;
  }

  /** If Redis has less of the log than PostgreSQL, which may even have its end, the log goes on from there. */
  async repairTail(seq: number, last: TaskEvent | undefined): Promise<number> {
    if (isTerminalStatus(this.snapshot.state.status)) return seq;
    await restoreLostEnd(this.#log, this.#task, { lostAfter: seq, last, loadSnapshot: this.#loadSnapshot });
    const base = await loadBase(this.#log, this.#task, this.#loadSnapshot);
    const [status] = await this.#log.inspect([this.#task]);
    const lost = status === undefined || status.seq < base.seq;
    if (lost) this.#adopt(base);
    return this.snapshot.seq;
  }

  async endsBefore(cursor: number): Promise<boolean> {
    if (isTerminalStatus(this.snapshot.state.status)) return true;
    const [status] = await this.#log.inspect([this.#task]);
    return status !== undefined && status.seq < cursor;
  }

  async #loadBase(): Promise<void> {
    this.#adopt(await loadBase(this.#log, this.#task, this.#loadSnapshot));
  }

  #adopt(base: TaskSnapshot): void {
    if (this.#snapshot !== undefined && base.seq <= this.#snapshot.seq) return;
    this.#base = base;
    this.#snapshot = base;
  }
}

function opened<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a feed has no state before it is open');
  return value;
}
