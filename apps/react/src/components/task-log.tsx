import type { LogLine } from '@taskwire/protocol';
import { formatTime } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

/** The latest log lines of a task. */
export function TaskLog({ lines }: { lines: readonly LogLine[] }): ReactNode {
  if (lines.length === 0) return <p className="muted">Nothing logged yet.</p>;
  return (
    <ol className="log" tabIndex={0} aria-label="Log">
      {lines.map((line, index) => (
        <li key={index} className={`log__line log__line--${line.level}`}>
          <time className="log__time" dateTime={new Date(line.at).toISOString()}>
            {formatTime(line.at)}
          </time>
          <span className="log__message">{line.message}</span>
        </li>
      ))}
    </ol>
  );
}
