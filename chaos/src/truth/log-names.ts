// Names of the system's logs in Redis; written here independently of its code.

const LOG = /^taskwire:\{[^}]+\}:(?:task:[^:]+|topic):log$/;
const CHANNEL = /^(taskwire:\{[^}]+\}:(?:task:[^:]+|topic)):events$/;

/** The stream behind a channel; undefined if it is another channel. */
export function logOfChannel(channel: string): string | undefined {
  const base = CHANNEL.exec(channel)?.[1];
  return base === undefined ? undefined : `${base}:log`;
}

/** Says whether a stream is a log: of a task, or of a topic. */
export function isLogName(name: string): boolean {
  return LOG.test(name);
}

/** Says whether a stream is a topic's: its entries are batches, and its numbers are the topic's own. */
export function isTopicLog(name: string): boolean {
  return name.endsWith(':topic:log');
}

export function taskLogName(projectId: string, taskId: string): string {
  return `taskwire:{${projectId}}:task:${taskId}:log`;
}

export function projectLogName(projectId: string): string {
  return `taskwire:{${projectId}}:topic:log`;
}

export function ownerLogName(ownerId: string): string {
  return `taskwire:{owner:${encodeURIComponent(ownerId)}}:topic:log`;
}
