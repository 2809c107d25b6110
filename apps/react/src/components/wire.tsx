import type { StageState, TaskStatus } from '@taskwire/client';
import { formatPercent, stagePercent } from '@taskwire/web-kit';
import type { CSSProperties, ReactNode } from 'react';

interface WireProps {
  /** Of the whole task, 0–100. */
  percent: number;
  status: TaskStatus;
  label: string;
  /** Cuts the bar into stages by their weights; without them it is one piece. */
  stages?: readonly StageState[];
  isThin?: boolean;
}

/** The progress bar of a whole task. */
export function Wire({ percent, status, label, stages = [], isThin = false }: WireProps): ReactNode {
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
      {stages.length === 0 ? (
        <Segment weight={1} percent={percent} />
      ) : (
        stages.map((stage) => <Segment key={stage.name} weight={stage.weight} percent={stagePercent(stage)} />)
      )}
    </div>
  );
}

function Segment({ weight, percent }: { weight: number; percent: number }): ReactNode {
  const style: CSSProperties & Record<`--${string}`, number> = { '--weight': weight, '--fraction': percent / 100 };
  return <span className="wire__segment" style={style} />;
}
