import type { TaskState } from '@taskwire/client';
import { resultFacts } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

/** What a task has resulted in; nothing before it is done. */
export function TaskResult({ state }: { state: TaskState }): ReactNode {
  const facts = resultFacts(state, state);
  if (facts.length === 0) return null;
  return (
    <section className="card" aria-labelledby="result-title" data-testid="task-result">
      <h2 id="result-title">Result</h2>
      <dl className="facts">
        {facts.map((fact) => (
          <div key={fact.name} className="facts__item">
            <dt className="facts__name">{fact.name}</dt>
            <dd className="facts__value">{fact.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
