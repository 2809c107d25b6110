import { DocumentError } from '../document-error.ts';
import { limitExceeded, type ReadingLimits } from '../limits.ts';
import { LIMIT_MARK, WATCHED_LIMITS } from './box-channel.ts';

/** The end of a box's process, with the last lines of its standard error. */
export interface BoxEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  errorOutput: string;
}

/** Why a box ended before it had read its document: an exceeded limit, or a crash. */
export function describeBoxEnd(end: BoxEnd, limits: ReadingLimits): DocumentError {
  const { code, signal, errorOutput } = end;
  const cause = new Error(`the box ended with ${signal ?? `status ${code}`}: ${errorOutput.trim()}`);
  const limit = exceededLimit(end);
  if (limit !== undefined) return limitExceeded(limit, limits, cause);
  if (signal === 'SIGKILL')
    return new DocumentError(
      'DOCUMENT_TOO_COMPLEX',
      'the system ended the reader of the document, probably because memory was short: split it and upload the parts',
      { cause },
    );
  return new DocumentError(
    'DOCUMENT_UNREADABLE',
    'the document made its reader crash: save or export it again and upload it',
    { cause },
  );
}

function exceededLimit({ signal, errorOutput }: BoxEnd): keyof ReadingLimits | undefined {
  const named = new RegExp(`${LIMIT_MARK}(\\w+)`).exec(errorOutput)?.[1];
  const watched = WATCHED_LIMITS.find((limit) => limit === named);
  if (watched !== undefined) return watched;
  if (signal === 'SIGXCPU') return 'cpuSeconds';
  return /out of memory|bad_alloc|allocation failed/i.test(errorOutput) ? 'memoryMiB' : undefined;
}
