import type { Fact } from '@taskwire/web-kit';
import type { ReactNode } from 'react';

/** Figures with their names. */
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
