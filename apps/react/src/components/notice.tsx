import { SESSION_OVER, errorCodeOf, errorWords, type Remark } from '@taskwire/web-kit';
import { useEffect, type ReactNode } from 'react';
import { usePage } from '../page-context.ts';

/** Something that the reader should know. Bad news is read out at once, the rest when there is time. */
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

/** An error in plain words, with a button where trying again may help. A refused token leads to the sign-in page. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }): ReactNode {
  const { session } = usePage();
  const isSessionOver = errorCodeOf(error) === 'UNAUTHENTICATED' && session.getSnapshot().signedIn !== undefined;
  useEffect(() => {
    if (isSessionOver) session.signOut(SESSION_OVER);
  }, [isSessionOver, session]);
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
