import type { TaskState } from '@taskwire/client';
import { resultFacts, type Fact } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

/** Named figures. */
export function FactList({ facts }: { facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.name} className={fact.isText === true ? 'facts__item facts__item--wide' : 'facts__item'}>
          <dt className="facts__name">{fact.name}</dt>
          <dd className={fact.isText === true ? 'facts__value facts__value--text' : 'facts__value'}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The result of a task; nothing before it is done. */
export function TaskResult({ state }: { state: TaskState }): ReactNode {
  const facts = resultFacts(state, state);
  if (facts.length === 0) return null;
  return (
    <section className="card" aria-labelledby="result-title" data-testid="task-result">
      <h2 id="result-title">Result</h2>
      <FactList facts={facts} />
    </section>
  );
}
