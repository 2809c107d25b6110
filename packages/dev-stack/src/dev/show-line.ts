import { stripVTControlCharacters } from 'node:util';

import { colors } from '../terminal/terminal.ts';

const LEVELS = [
  { from: 60, name: 'fatal', paint: colors.red },
  { from: 50, name: 'error', paint: colors.red },
  { from: 40, name: 'warn', paint: colors.yellow },
  { from: 30, name: 'info', paint: colors.dim },
];
/** Level of a warning: the log's lines below it are shown on demand only. */
const WARN = 40;
/** Fields that say nothing to the person in front of the terminal. */
const HIDDEN = new Set(['level', 'time', 'pid', 'hostname', 'service', 'msg', 'err']);

/**
 * A line of a program's output as it is shown: Taskwire's own log as words, and everything else as it is.
 * @returns undefined for a line of the log that is for information only, unless `verbose`
 */
export function shownLine(line: string, verbose: boolean): string | undefined {
  const entry = logEntry(line);
  if (entry === undefined) return line;
  const { level, msg } = entry;
  if (level < WARN && !verbose) return undefined;
  const { name, paint } = LEVELS.find(({ from }) => level >= from) ?? { name: 'debug', paint: colors.dim };
  const fields = Object.entries(entry.all).flatMap(([key, value]) =>
    HIDDEN.has(key) ? [] : [`${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  const reason = errorWords(entry.all['err']);
  const words = [msg, ...(reason === undefined ? [] : [reason])].join(': ');
  return [paint(name), stripVTControlCharacters(words), colors.dim(fields.join(' '))].join(' ').trimEnd();
}

function errorWords(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return typeof error.message === 'string' ? error.message.trim().replaceAll(/\s+/g, ' ') : undefined;
}

interface LogEntry {
  level: number;
  msg: string;
  all: Record<string, unknown>;
}

function logEntry(line: string): LogEntry | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    const all: unknown = JSON.parse(line);
    if (typeof all !== 'object' || all === null || !('level' in all) || !('msg' in all)) return undefined;
    const { level, msg } = all;
    return typeof level === 'number' && typeof msg === 'string' ? { level, msg, all: { ...all } } : undefined;
  } catch {
    return undefined;
  }
}
