import * as z from 'zod';
import type { TrueEvent, TruthLog } from '../../truth/truth-log.ts';
import { FindingList, type Finding } from '../findings.ts';
import { isTerminalType } from '../message.ts';

const fieldsSchema = z.looseObject({
  attempt: z.int(),
  percent: z.number().optional(),
  stage: z.string().optional(),
  text: z.string().optional(),
  offset: z.int().optional(),
});

/** Checks a task's log itself: numbers, attempts, percent, tokens, the end. */
export function checkLog(log: TruthLog): Finding[] {
  const findings = new FindingList(log.name);
  const rewritten = [...log.rewritten];
  findings.add('lost', `written twice with different contents: ${rewritten.join(', ')}`, rewritten.length);
  const walk = new LogWalk(log, findings);
  for (const event of log.events) walk.take(event);
  return findings.list;
}

class LogWalk {
  readonly #log: TruthLog;
  readonly #findings: FindingList;
  #seq = 0;
  #attempt = 0;
  #percent = 0;
  #ended = false;
  #texts = new Map<string, number>();

  constructor(log: TruthLog, findings: FindingList) {
    this.#log = log;
    this.#findings = findings;
  }

  take(event: TrueEvent): void {
    const fields = fieldsSchema.parse(event);
    if (event.seq !== this.#seq + 1) this.#leap(event);
    if (this.#ended) this.#findings.add('duplicated', `${event.type} ${event.seq} stands after the end`);
    this.#checkAttempt(event, fields.attempt);
    if (event.type === 'progress') this.#checkPercent(event.seq, fields.percent ?? 0);
    if (event.type === 'token') this.#checkToken(event.seq, fields);
    this.#seq = event.seq;
    this.#ended ||= isTerminalType(event.type);
  }

  #checkAttempt({ type, seq }: TrueEvent, attempt: number): void {
    if (attempt < this.#attempt) {
      this.#findings.add('outOfOrder', `attempt ${attempt} wrote ${seq} after attempt ${this.#attempt} had begun`);
    } else if (type === 'started' && attempt === this.#attempt) {
      this.#findings.add('duplicated', `attempt ${attempt} was started again by ${seq}`);
    }
    this.#attempt = Math.max(this.#attempt, attempt);
  }

  #checkPercent(seq: number, percent: number): void {
    if (percent < this.#percent) {
      this.#findings.add('outOfOrder', `percent fell from ${this.#percent} to ${percent} at ${seq}`);
    }
    this.#percent = Math.max(this.#percent, percent);
  }

  /** Numbers leap only where a lost log was restored, and then the log says so. */
  #leap(event: TrueEvent): void {
    const begunAnew = event.seq > this.#seq && (event.type === 'queued' || event.type === 'retrying');
    if (!begunAnew) this.#findings.add('silentGaps', `${event.type} ${event.seq} stands right after ${this.#seq}`);
    // An end that was lost before any process saved it does not count.
    if (this.#log.lossBefore(event.seq) >= this.#seq) this.#ended = false;
    this.#attempt = 0;
    this.#percent = 0;
    this.#texts.clear();
  }

  #checkToken(seq: number, { stage = '', text = '', offset = 0 }: z.infer<typeof fieldsSchema>): void {
    const length = this.#texts.get(stage) ?? offset;
    if (offset > length) this.#findings.add('lost', `token ${seq} begins at ${offset}, but the text ends at ${length}`);
    this.#texts.set(stage, offset + text.length);
  }
}
