import type { RecordEntry } from '../../watchers/record.ts';
import type { TruthLog } from '../../truth/truth-log.ts';
import { FindingList, listed, type Finding } from '../findings.ts';
import { firstSeqOf, messageSchema, type Message } from '../message.ts';

/** Rules of a subject: comparison of its events and states with the truth, and its end. */
export interface SubjectRules {
  log: TruthLog;
  /** The fault of an event that stands for the seqs from `firstSeqOf(message)` to `message.seq`; undefined if none. */
  eventProblem: (message: Message) => string | undefined;
  /** The fault of a snapshot's state; undefined if none. */
  stateProblem: (message: Message) => string | undefined;
  /** Seqs of the events that end the subject: one, or none; more if an end was lost with Redis. */
  ends: readonly number[];
  /** Whether a watcher that comes back with the end's cursor may get the last state again, as a CLI command does. */
  mayRepeatEnd?: boolean;
  /** Whether a watcher who does not get this event has missed it. */
  matters: (seq: number) => boolean;
}

export interface WatcherVerdict {
  findings: Finding[];
  messages: number;
  gapsReported: number;
}

/** Checks all that a watcher got, in the order in which it came, against what stood in the log. */
export function checkWatcher(name: string, entries: readonly RecordEntry[], rules: SubjectRules): WatcherVerdict {
  const walk = new Walk(name, rules);
  for (const entry of entries) walk.take(entry);
  return walk.finish(entries.at(-1));
}

class Walk {
  readonly #rules: SubjectRules;
  readonly #findings: FindingList;
  /** Seqs that were jumped over without a word, and have not come later. */
  readonly #missing = new Set<number>();
  /** Delivered seq; undefined before the first message. */
  #position: number | undefined;
  #messages = 0;
  #gapsReported = 0;

  constructor(name: string, rules: SubjectRules) {
    this.#rules = rules;
    this.#findings = new FindingList(name);
  }

  take(entry: RecordEntry): void {
    if (entry.what !== 'message') return;
    const parsed = messageSchema.safeParse(entry.message);
    this.#messages += 1;
    if (!parsed.success) {
      this.#findings.add('lost', `not a message: ${JSON.stringify(entry.message).slice(0, 200)}`);
      return;
    }
    const message = parsed.data;
    if (entry.id !== undefined && entry.id !== String(message.seq)) {
      this.#findings.add('outOfOrder', `message ${message.seq} came with the cursor ${entry.id}`);
    }
    if (message.type === 'snapshot') this.#snapshot(message);
    else this.#event(message);
  }

  finish(last: RecordEntry | undefined): WatcherVerdict {
    const missing = [...this.#missing].filter((seq) => this.#rules.matters(seq));
    this.#findings.add('lost', `never came: ${listed(missing)}`, missing.length);
    if (last?.what === 'failed') this.#findings.add('stuck', `gave up: ${last.reason}`);
    else if (last?.what === 'ended') this.#ended(last.how);
    else this.#stillThere();
    return { findings: this.#findings.list, messages: this.#messages, gapsReported: this.#gapsReported };
  }

  #snapshot(message: Message): void {
    const { seq, gap } = message;
    const position = this.#position;
    const problem = this.#rules.stateProblem(message);
    if (problem !== undefined)
      this.#findings.add('silentGaps', `the snapshot at ${seq} is not the state there: ${problem}`);
    if (position === undefined) {
      this.#position = seq;
    } else if (seq < position) {
      this.#findings.add('outOfOrder', `a snapshot at ${seq} came after ${position}`);
    } else if (gap === undefined) {
      this.#unannounced(position, seq);
    } else {
      this.#gap(gap, position, seq);
    }
  }

  #unannounced(position: number, seq: number): void {
    if (seq === position) {
      const excused = this.#rules.mayRepeatEnd === true && this.#rules.ends.includes(seq);
      if (!excused) this.#findings.add('duplicated', `a snapshot at ${seq}, which was known`);
      return;
    }
    this.#findings.add('silentGaps', `a snapshot at ${seq} came after ${position} without a gap`);
    this.#skip(position + 1, seq);
    this.#position = seq;
  }

  #gap(gap: { from: number; to: number }, position: number, seq: number): void {
    this.#gapsReported += 1;
    this.#position = seq;
    if (gap.from === position + 1 && gap.to === seq) return;
    this.#findings.add('silentGaps', `a gap ${gap.from}–${gap.to} was reported, but it is ${position + 1}–${seq}`);
    // Events inside a reported gap are not missing.
    this.#skip(position + 1, Math.min(gap.from - 1, seq));
    this.#skip(Math.max(gap.to, position) + 1, seq);
  }

  #event(message: Message): void {
    const { seq } = message;
    const from = firstSeqOf(message);
    const position = this.#position;
    if (position === undefined) {
      this.#findings.add('silentGaps', `began with event ${from} and not with a snapshot`);
    } else if (from <= position) {
      this.#again(message, from, position);
      this.#position = Math.max(position, seq);
      return;
    } else if (from > position + 1) {
      this.#findings.add('silentGaps', `${from} came right after ${position}`);
      this.#skip(position + 1, from - 1);
    }
    this.#position = seq;
    const problem = this.#rules.eventProblem(message);
    if (problem !== undefined) this.#findings.add('lost', `event ${seq}: ${problem}`);
  }

  /** An event that should have come before, or did. */
  #again({ seq }: Message, from: number, position: number): void {
    let late = false;
    for (const { seq: each } of this.#rules.log.between(from, seq)) late = this.#missing.delete(each) || late;
    if (late) this.#findings.add('outOfOrder', `${from}–${seq} came after ${position}`);
    else this.#findings.add('duplicated', `${from}–${seq} came again after ${position}`);
  }

  #skip(from: number, to: number): void {
    for (const { seq } of this.#rules.log.between(from, to)) this.#missing.add(seq);
  }

  #ended(how: string): void {
    const { ends } = this.#rules;
    const last = ends.at(-1);
    if (last === undefined) return this.#findings.add('lost', `was sent away (${how}) before the end`);
    if (this.#position !== undefined && ends.includes(this.#position)) return;
    const rest = this.#behind().length;
    this.#findings.add(
      'lost',
      `was sent away (${how}) at ${this.#position ?? 'nothing'} of ${last}`,
      Math.max(1, rest),
    );
  }

  /** It was still waiting when the round was over. */
  #stillThere(): void {
    const last = this.#rules.ends.at(-1);
    const behind = this.#behind();
    if (last !== undefined) {
      this.#findings.add('stuck', `did not get the end: at ${this.#position ?? 'nothing'} of ${last}`);
    } else if (behind.length > 0) {
      this.#findings.add('stuck', `at ${this.#position ?? 'nothing'}, without ${listed(behind)}`);
    }
  }

  /** Seqs that the watcher has not received yet. */
  #behind(): number[] {
    const { log, matters } = this.#rules;
    const rest = log.between((this.#position ?? 0) + 1, Number.MAX_SAFE_INTEGER);
    return rest.map(({ seq }) => seq).filter((seq) => matters(seq));
  }
}
