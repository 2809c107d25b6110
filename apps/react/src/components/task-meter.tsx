import type { TaskState } from '@taskwire/client';
import { formatName, runningStage, stageDetail, timeLine } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { Wire } from './wire.tsx';

/** How far a task is: a figure, the bar, and what is being done now. */
export function TaskMeter({ state, percent }: { state: TaskState; percent: number }): ReactNode {
  const stage = runningStage(state);
  return (
    <section className="card" aria-label="Progress">
      <div className="meter">
        <div className="meter__head">
          <p className="meter__figure" data-testid="task-percent">
            {Math.floor(percent)}
            <small>%</small>
          </p>
          <p className="meter__now">
            {stage !== undefined && <strong>{formatName(stage.name)}</strong>}
            <span>{stage === undefined ? '' : stageDetail(stage)}</span>
            <span>{timeLine(state)}</span>
          </p>
        </div>
        <Wire percent={percent} status={state.status} stages={state.stages} label="Progress of the whole task" />
      </div>
    </section>
  );
}
