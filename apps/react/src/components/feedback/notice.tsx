import { errorWords, signOutIfRefused, type Remark } from '@taskwire/web-kit';
import { useEffect, type ReactNode } from 'react';
import { usePage } from '../../hooks/use-page.ts';

/** A remark for the reader. Screen readers announce bad news at once, and other remarks when they are idle. */
export function Notice({ remark, children }: { remark: Remark; children?: ReactNode }): ReactNode {
  return (
    <div className={`notice notice--${remark.tone}`} role={remark.tone === 'bad' ? 'alert' : 'status'}>
      <div className="notice__text">
        <p className="notice__title">{remark.title}</p>
        <p>{remark.text}</p>
        {remark.items !== undefined && (
          <ul className="notice__items">
            {remark.items.map((item, index) => (
              <li key={index}>{item}</li>
            ))}
          </ul>
        )}
      </div>
      {children}
    </div>
  );
}

/** An error in words, with a button if the call may succeed later. If the server refused the token, it signs out. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }): ReactNode {
  const { session } = usePage();
  useEffect(() => signOutIfRefused(session, error), [error, session]);
  const { title, advice, isRetryable } = errorWords(error);
  return (
    <Notice remark={{ tone: 'bad', title, text: advice }}>
      {isRetryable && onRetry !== undefined && (
        <button type="button" className="button button--small" onClick={onRetry}>
          Try again
        </button>
      )}
    </Notice>
  );
}

/** A placeholder for content that is loading. `label` is read by screen readers only. */
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
