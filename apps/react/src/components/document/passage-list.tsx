import { passagesOf, type PagePieceView } from '@taskwire/web-kit';
import { useEffect, useRef, type ReactNode } from 'react';

interface PassageListProps {
  pieces: readonly PagePieceView[];
  /** The number of the chunk to mark; undefined: none. */
  ordinal: number | undefined;
}

/** The pieces of a page below their headings. The marked text is scrolled into view. */
export function PassageList({ pieces, ordinal }: PassageListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }, [ordinal]);
  return (
    <div className="passages" ref={list}>
      {passagesOf(pieces, ordinal).map(({ trail, parts }, index) => (
        <section key={index} className="passage">
          {trail !== '' && (
            <h3 className="passage__trail" dir="auto">
              {trail}
            </h3>
          )}
          <p className="passage__text" dir="auto">
            {parts.map(({ text, isMarked }, part) =>
              isMarked ? (
                <mark key={part} className="passage__hit" data-testid="marked-passage">
                  {text}
                </mark>
              ) : (
                text
              ),
            )}
          </p>
        </section>
      ))}
    </div>
  );
}
