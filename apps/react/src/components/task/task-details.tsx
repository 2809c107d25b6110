import { stageRows, type StageState } from '@taskwire/client';
import type { LogLine } from '@taskwire/protocol';
import { formatTime } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

interface TaskDetailsProps {
  state: { stages: readonly StageState[]; logs: readonly LogLine[] };
  isEnded: boolean;
}

/** A task's stages and its latest log lines. */
export function TaskDetails({ state, isEnded }: TaskDetailsProps): ReactNode {
  return (
    <div className="columns columns--even">
      <section className="card" aria-labelledby="stages-title">
        <h2 id="stages-title">Stages</h2>
        <StageList stages={state.stages} isTaskEnded={isEnded} />
      </section>
      <section className="card" aria-labelledby="log-title">
        <h2 id="log-title">Log</h2>
        <TaskLog lines={state.logs} />
      </section>
    </div>
  );
}

function StageList({ stages, isTaskEnded }: { stages: readonly StageState[]; isTaskEnded: boolean }): ReactNode {
  return (
    <ol className="stages">
      {stageRows(stages, isTaskEnded).map(({ name, title, look, lookWord, percent, detail, share, text }) => (
        <li key={name} className={`stage stage--${look}`} data-testid={`stage-${name}`} data-status={look}>
          <span className="stage__name">
            {title}
            <span className="visually-hidden">: {lookWord}</span>
          </span>
          <span className="stage__percent">{percent}</span>
          <span className="stage__detail">{detail}</span>
          <span className="stage__share">{share}</span>
          {text !== undefined && <p className="stage__text">{text}</p>}
        </li>
      ))}
    </ol>
  );
}

function TaskLog({ lines }: { lines: readonly LogLine[] }): ReactNode {
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
