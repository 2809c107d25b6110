import { useTask } from '@taskwire/react';
import { importSales } from '../jobs/import-sales';

export function Import({ taskId }: { taskId: string }) {
  const { state, percent, error } = useTask(importSales, taskId);
  if (state === undefined) return error === undefined ? null : <p data-testid="refusal">{error.message}</p>;
  const { total, warnings = [] } = state.channels;
  return (
    <section>
      <progress value={percent} max={100} />
      {total !== undefined && (
        <p data-testid="total">
          {total.rows} rows, {total.cents} cents
        </p>
      )}
      <ul data-testid="warnings">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      {state.status === 'done' && state.output !== undefined && (
        <p data-testid="result">
          imported {state.output.rows} rows, {state.output.cents} cents
        </p>
      )}
    </section>
  );
}
