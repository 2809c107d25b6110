import { passagesOf, type PagePieceView } from '@taskwire/web-kit';
import { useEffect, useRef, type ReactNode } from 'react';

interface PassageListProps {
  pieces: readonly PagePieceView[];
  /** The chunk that is marked; undefined: none. */
  ordinal: number | undefined;
}

/** Pieces of a page under their headings. The marked one is scrolled to. */
export function PassageList({ pieces, ordinal }: PassageListProps): ReactNode {
  const marked = useRef<HTMLElement>(null);
  useEffect(() => marked.current?.scrollIntoView({ block: 'center' }), [ordinal]);
  return passagesOf(pieces).map(({ trail, texts }) => (
    <section key={texts[0]?.ordinal} className="passage">
      {trail !== '' && (
        <h3 className="passage__trail" dir="auto">
          {trail}
        </h3>
      )}
      <p className="passage__text" dir="auto">
        {texts.map((part) =>
          part.ordinal === ordinal ? (
            <mark key={part.ordinal} ref={marked} className="passage__hit" data-testid="marked-passage">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </p>
    </section>
  ));
}
