import { within } from '@taskwire/process-kit';
import { TaskwireError } from '@taskwire/protocol';
import type { TaskEvents, TaskQueue } from '@taskwire/router';

/** Longest wait (ms) of a caller for Redis. Every write may be repeated, so a late one does no harm. */
const LONGEST_WAIT_MS = 5_000;

function late(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the server waits for Redis; try again in a moment');
}

function bounded<Value>(work: Promise<Value>, waitMs = 0): Promise<Value> {
  return within(LONGEST_WAIT_MS + waitMs, work, late);
}

/** The same events. Reads and writes fail in time while Redis does not answer. */
export function boundedEvents(events: TaskEvents): TaskEvents {
  return {
    open: (task, event) => bounded(events.open(task, event)),
    append: (task, event) => bounded(events.append(task, event)),
    snapshot: (task) => bounded(events.snapshot(task)),
    read: (task, afterSeq, limit) => bounded(events.read(task, afterSeq, limit)),
    expire: (task, afterSeconds) => bounded(events.expire(task, afterSeconds)),
    remove: (task) => bounded(events.remove(task)),
    removeProject: (project) => bounded(events.removeProject(project)),
    poll: (task, cursor, wait) => bounded(events.poll(task, cursor, wait), wait.waitMs),
    follow: (task, cursor, signal) => events.follow(task, cursor, signal),
    followTopic: (topic, from, signal) => events.followTopic(topic, from, signal),
  };
}

/** The same queue. Calls fail in time while Redis does not answer. */
export function boundedQueue(queue: TaskQueue): TaskQueue {
  return {
    enqueue: (task) => bounded(queue.enqueue(task)),
    removeWaiting: (taskId) => bounded(queue.removeWaiting(taskId)),
  };
}
