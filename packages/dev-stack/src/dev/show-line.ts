import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
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

interface ShowOptions {
  /** Folder to which the place of an error is relative. */
  folder: string;
  /** Whether lines for information are shown. */
  verbose: boolean;
}

/**
 * A line of a program's output as it is shown: Taskwire's own log as words, and everything else as it is.
 * @returns undefined for a line of the log that is for information only, unless `verbose`
 */
export function shownLine(line: string, { folder, verbose }: ShowOptions): string | undefined {
  const entry = logEntry(line);
  if (entry === undefined) return line;
  const { level, msg } = entry;
  if (level < WARN && !verbose) return undefined;
  const { name, paint } = LEVELS.find(({ from }) => level >= from) ?? { name: 'debug', paint: colors.dim };
  const fields = Object.entries(entry.all).flatMap(([key, value]) =>
    HIDDEN.has(key) ? [] : [`${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  const reason = errorWords(entry.all['err'], folder);
  const words = [msg, ...(reason === undefined ? [] : [reason])].join(': ');
  return [paint(name), stripVTControlCharacters(words), colors.dim(fields.join(' '))].join(' ').trimEnd();
}

/** The message of an error, and the line of the team's code that threw it, if its stack names one. */
function errorWords(error: unknown, folder: string): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  if (typeof error.message !== 'string') return undefined;
  const message = error.message.trim().replaceAll(/\s+/g, ' ');
  const place = 'stack' in error && typeof error.stack === 'string' ? ownPlace(error.stack, folder) : undefined;
  return place === undefined ? message : `${message} (${place})`;
}

/** A frame with a file: `at label (/team/a.ts:3:7)`, or a URL, which may have a query. */
const FRAME = /^\s+at (?:.*? \()?(?:async )?(?<file>(?:file:|[/\\]|[A-Z]:).*?)(?:\?[^:]*)?(?<position>:\d+:\d+)\)?$/;
/** Longest line (characters) of a stack that is searched. */
const MAX_FRAME_LENGTH = 1_000;

/** The first frame of a stack in a file of the folder that no package manager installed: `src/a.ts:3:7`. */
function ownPlace(stack: string, folder: string): string | undefined {
  for (const line of stack.split('\n')) {
    const { file, position } = (line.length > MAX_FRAME_LENGTH ? undefined : FRAME.exec(line)?.groups) ?? {};
    const path = file === undefined ? undefined : ownPath(file, folder);
    if (path !== undefined) return `${path}${position ?? ''}`;
  }
  return undefined;
}

/** The path relative to the folder; undefined if the file is not the team's own, or the URL is broken. */
function ownPath(file: string, folder: string): string | undefined {
  try {
    const path = relative(folder, file.startsWith('file:') ? fileURLToPath(file) : file);
    const isOwn = !path.startsWith('..') && !isAbsolute(path) && !/(?:^|[\\/])node_modules[\\/]/.test(path);
    return isOwn ? path : undefined;
  } catch {
    return undefined;
  }
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
