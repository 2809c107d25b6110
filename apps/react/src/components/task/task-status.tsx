import type { TaskStatus } from '@taskwire/client';
import { STATUS_WORDS, barSegments, formatPercent, type TaskProgress } from '@taskwire/web-kit';
import type { CSSProperties, ReactNode } from 'react';

/** A task's status in words. */
export function StatusBadge({ status, testId }: { status: TaskStatus; testId?: string }): ReactNode {
  return (
    <span className={`badge badge--${status}`} data-testid={testId} data-status={status}>
      {STATUS_WORDS[status]}
    </span>
  );
}

interface ProgressBarProps {
  label: string;
  progress: TaskProgress;
  isThin?: boolean;
}

/** The progress bar of a whole task, divided into its stages by weight. */
export function ProgressBar({ label, progress, isThin = false }: ProgressBarProps): ReactNode {
  const { percent, status } = progress;
  return (
    <div
      className={`wire wire--${status} ${isThin ? 'wire--thin' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      aria-valuetext={formatPercent(percent)}
    >
      {barSegments(progress).map(({ name, weight, fraction }) => {
        const style: CSSProperties & Record<`--${string}`, number> = { '--weight': weight, '--fraction': fraction };
        return <span key={name} className="wire__segment" style={style} />;
      })}
    </div>
  );
}
