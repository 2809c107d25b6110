import { useTask } from '@taskwire/react';
import { countWords } from '../tasks/index.ts';

/** One task, live: everything here is typed by its definition. */
export function TaskView({ taskId }: { taskId: string }) {
  const { state, percent, connection, error } = useTask(countWords, taskId);
  if (error !== undefined && state === undefined)
    return (
      <p className="error" role="alert">
        {error.message}
      </p>
    );
  const { longest, notes = [] } = state?.channels ?? {};
  const stage = state?.stages.find((each) => each.status === 'running');
  return (
    <section aria-label="Task">
      <progress value={percent} max={100} aria-label="Progress" />
      <p>
        <strong data-testid="status">{state?.status ?? 'connecting'}</strong> · {Math.round(percent)} % ·{' '}
        {stage?.itemName ?? ''} <small>({connection})</small>
      </p>
      {longest !== undefined && (
        <p data-testid="longest">
          Longest word: <b>{longest.word}</b> in line {longest.line}
        </p>
      )}
      <ul>
        {notes.map((note, index) => (
          <li key={index}>{note}</li>
        ))}
      </ul>
      {state?.status === 'done' && state.output !== undefined && (
        <p data-testid="result">
          {state.output.words} words in {state.output.lines} lines
        </p>
      )}
      {state?.status === 'error' && <p className="error">{state.error?.message}</p>}
    </section>
  );
}
