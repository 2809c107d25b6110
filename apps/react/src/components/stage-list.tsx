import type { StageState } from '@taskwire/client';
import {
  STAGE_WORDS,
  formatName,
  formatPercent,
  stageDetail,
  stageLook,
  stagePercent,
  stageShare,
  type StageLook,
} from '@taskwire/web-kit';
import type { ReactNode } from 'react';

interface StageListProps {
  stages: readonly StageState[];
  isTaskEnded: boolean;
}

/** A task's stages in order, each with its state, percent and what it is at. */
export function StageList({ stages, isTaskEnded }: StageListProps): ReactNode {
  return (
    <ol className="stages">
      {stages.map((stage) => (
        <StageItem
          key={stage.name}
          stage={stage}
          look={stageLook(stage, isTaskEnded)}
          share={stageShare(stage, stages)}
        />
      ))}
    </ol>
  );
}

function StageItem({ stage, look, share }: { stage: StageState; look: StageLook; share: string }): ReactNode {
  return (
    <li className={`stage stage--${look}`} data-testid={`stage-${stage.name}`} data-status={look}>
      <span className="stage__name">
        {formatName(stage.name)}
        <span className="visually-hidden">: {STAGE_WORDS[look]}</span>
      </span>
      <span className="stage__percent">{formatPercent(stagePercent(stage))}</span>
      <span className="stage__detail">{stageDetail(stage)}</span>
      <span className="stage__share">{share}</span>
      {stage.text !== undefined && <p className="stage__text">{stage.text}</p>}
    </li>
  );
}
