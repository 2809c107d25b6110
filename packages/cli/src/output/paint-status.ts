import type { TaskStatus } from '@taskwire/client';
import type { Colors } from './output.ts';

/** A status in its color, padded to a width. */
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
