import type { TaskStatus } from '@taskwire/client';
import type { Colors } from './output.ts';

/** A status in its color, padded to a width (characters). */
export function paintStatus(status: TaskStatus, colors: Colors, width = 0): string {
  const text = status.padEnd(width);
  switch (status) {
    case 'done':
      return colors.green(text);
    case 'error':
      return colors.red(text);
    case 'canceling':
    case 'canceled':
    case 'retrying':
      return colors.yellow(text);
    case 'running':
      return colors.cyan(text);
    case 'queued':
      return text;
    default:
      return status satisfies never;
  }
}

/** A time (milliseconds since 1970) in local time: `2026-03-01 14:05:09`. */
export function formatTime(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
