import type { TaskState } from '@taskwire/client';
import { formatName, runningStage, stageDetail, timeLine } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { ProgressBar } from './task-status.tsx';

/** The progress of a task: percent, bar, and current stage. */
export function TaskMeter({ state }: { state: TaskState }): ReactNode {
  const stage = runningStage(state);
  return (
    <section className="card" aria-label="Progress">
      <div className="meter">
        <div className="meter__head">
          <p className="meter__figure" data-testid="task-percent">
            {Math.floor(state.percent)}
            <small>%</small>
          </p>
          <p className="meter__now">
            {stage !== undefined && <strong>{formatName(stage.name)}</strong>}
            <span>{stage === undefined ? '' : stageDetail(stage)}</span>
            <span>{timeLine(state)}</span>
          </p>
        </div>
        <ProgressBar label="Progress of the whole task" progress={state} />
      </div>
    </section>
  );
}
