import * as z from 'zod';
import type { TruthLog } from '../../truth/truth-log.ts';
import { FindingList, listed, type Finding } from '../findings.ts';
import { isTerminalType } from '../message.ts';

const innerSchema = z.looseObject({ taskId: z.string(), seq: z.int(), type: z.string() });
const LIFE_CYCLE = new Set(['queued', 'started', 'retrying', 'canceling']);

/** Whether a topic must tell an event of a task. */
export function isLifecycle(type: string): boolean {
  return LIFE_CYCLE.has(type) || isTerminalType(type);
}

/**
 * Checks a topic's log against its tasks' logs: everything that it must tell stands in it, once, in each task's order.
 * @param mustTell which events it must tell.
 */
export function checkTopic(
  topic: TruthLog,
  tasks: ReadonlyMap<string, TruthLog>,
  mustTell: (type: string) => boolean,
): Finding[] {
  const findings = new FindingList(topic.name);
  const seqsByTask = new Map<string, number[]>();
  for (const entry of topic.events) {
    const { taskId, seq } = innerSchema.parse(entry['event']);
    const before = seqsByTask.get(taskId) ?? [];
    const last = before.at(-1) ?? 0;
    if (seq === last) findings.add('duplicated', `${taskId} ${seq} stands twice in the topic`);
    if (seq < last) findings.add('outOfOrder', `${taskId} ${seq} stands after ${last} in the topic`);
    seqsByTask.set(taskId, [...before, seq]);
  }
  for (const [taskId, log] of tasks) {
    const there = new Set(seqsByTask.get(taskId) ?? []);
    const absent = log.events.filter((event) => mustTell(event.type) && !there.has(event.seq));
    const seqs = listed(absent.map((event) => event.seq));
    // Events that Redis lost before their relay can be in no topic.
    if (!topic.hasLosses) findings.add('lost', `${taskId}: not in the topic: ${seqs}`, absent.length);
  }
  return findings.list;
}
