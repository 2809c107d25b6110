import type { DataEvent, TaskMessage, UnreadableEvent } from '@taskwire/protocol';
import { formatDuration } from '@taskwire/client';
import { plain } from '../output/output.ts';

/** A message on one line: `12 progress parse 300/400, 45 % page 300`. */
export function messageWords(message: TaskMessage): string {
  return `${message.seq} ${message.type} ${plain(details(message))}`.trimEnd();
}

function details(message: TaskMessage): string {
  switch (message.type) {
    case 'snapshot':
      return [`${message.state.status}, ${percent(message.state.percent)}`, gapWords(message.gap)]
        .filter(Boolean)
        .join(', ');
    case 'queued':
      return `priority ${message.priority}`;
    case 'started':
      return `attempt ${message.attempt}`;
    case 'stage':
      return [message.stage, message.status, message.message].filter(Boolean).join(' ');
    case 'progress':
      return `${message.stage} ${message.current}/${message.total}, ${percent(message.percent)} ${message.itemName ?? ''}`;
    case 'token':
      return `${message.stage} ${message.text}`;
    case 'log':
      return `${message.level}: ${message.message}`;
    case 'data':
      return `${message.channel} ${dataWords(message)}`;
    case 'retrying':
      return `in ${formatDuration(message.delayMs)}: ${message.error.message} (${message.error.code})`;
    case 'canceling':
      return '';
    case 'done':
      return `in ${formatDuration(message.durationMs)}: ${JSON.stringify(message.output)}`;
    case 'error':
      return `${message.message} (${message.code})`;
    case 'canceled':
      return message.reason ?? '';
    case 'unreadable':
      return unreadableWords(message);
    default:
      return message satisfies never;
  }
}

/** The value, or the values of a list with the place of the first one: `7: "a" "b"`. */
function dataWords(message: DataEvent): string {
  if (!('values' in message)) return JSON.stringify(message.value);
  return [`${message.index}:`, ...message.values.map((value) => JSON.stringify(value))].join(' ');
}

function unreadableWords({ originalType, output }: UnreadableEvent): string {
  if (output !== undefined) return `of the type ${originalType ?? ''}: ${JSON.stringify(output)}`;
  const name = originalType === undefined ? 'an event' : `an event of the type ${originalType}`;
  return `${name}, which this version cannot read`;
}

/** The events that a watcher can no longer get; empty without a gap. */
export function gapWords(gap: { from: number; to: number } | undefined): string {
  return gap === undefined ? '' : `events ${gap.from} to ${gap.to} can no longer be had`;
}

function percent(value: number): string {
  return `${Math.floor(value)} %`;
}

/** Remarks once that the server is away, with the reason, and once that it is back. */
export function connectionRemarks(remark: (words: string) => void) {
  let away = false;
  return (state: 'connected' | 'away', error?: Error) => {
    if (state === 'away' && error !== undefined && !away) {
      away = true;
      remark(`${plain(error.message)}; coming back by itself …`);
    }
    if (state === 'connected' && away) {
      away = false;
      remark('connected again');
    }
  };
}
