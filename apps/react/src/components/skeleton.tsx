import type { ReactNode } from 'react';

/** The place of something that is on its way. */
export function Skeleton({ label }: { label: string }): ReactNode {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      <div className="skeleton__line" />
      <div className="skeleton__line" />
      <div className="skeleton__line" />
    </div>
  );
}
