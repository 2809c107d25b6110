import type { StageState } from '@taskwire/client';
import { plain, type Colors } from '../output/output.ts';

/** Width (characters) of a bar. */
const BAR_WIDTH = 24;

/** A bar of `width` characters, filled to a fraction of 0–1. */
export function bar(fraction: number, width = BAR_WIDTH): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** A stage on one line: sign, name, bar, count, current item. */
export function stageLine(stage: StageState, nameWidth: number, colors: Colors): string {
  const fraction = stage.total > 0 ? stage.current / stage.total : 0;
  const name = plain(stage.name).padEnd(nameWidth);
  const count = stage.total > 0 ? `${stage.current}/${stage.total}` : '';
  switch (stage.status) {
    case 'pending':
      return colors.dim(`  · ${name}  ${bar(0)}`);
    case 'running':
      return `  ${colors.cyan('▸')} ${name}  ${colors.cyan(bar(fraction))}  ${count}  ${colors.dim(plain(stage.itemName ?? ''))}`;
    case 'done':
      return `  ${colors.green('✓')} ${name}  ${colors.green(bar(1))}  ${count}`;
    case 'skipped':
      return colors.dim(`  – ${name}  ${bar(1)}  skipped`);
    case 'failed':
      return `  ${colors.red('✗')} ${name}  ${colors.red(bar(fraction))}  ${count}`;
    default:
      return stage.status satisfies never;
  }
}
