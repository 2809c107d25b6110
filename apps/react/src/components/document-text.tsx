import { trpc } from '@taskwire/react';
import { firstRange, rangeBefore, rangeFrom, type DocumentRoute, type TextRange } from '@taskwire/web-kit';
import { useState, type ReactNode } from 'react';
import { ErrorNotice } from './notice.tsx';
import { PassageList } from './passage-list.tsx';
import { Skeleton } from './skeleton.tsx';

interface DocumentTextProps {
  route: DocumentRoute;
  /** How many pages the document has. */
  pages: number;
}

/** The text of one page of a document, range by range. The passage of the hit is marked and scrolled to. */
export function DocumentText({ route, pages }: DocumentTextProps): ReactNode {
  const { ordinal } = route;
  const [ranges, setRanges] = useState<[TextRange, ...TextRange[]]>([firstRange({ pages, ordinal })]);
  const before = rangeBefore(ranges[0]);
  const last = ranges.at(-1);
  return (
    <div className="stack" data-testid="document-text" data-page={route.pageNumber}>
      {before !== undefined && (
        <button type="button" className="button" onClick={() => setRanges([before, ...ranges])}>
          Show the text before
        </button>
      )}
      {ranges.map((range) => (
        <TextOfRange
          key={range.from}
          route={route}
          range={range}
          onMore={range === last ? (next) => setRanges([...ranges, rangeFrom(next)]) : undefined}
        />
      ))}
    </div>
  );
}

interface TextOfRangeProps {
  route: DocumentRoute;
  range: TextRange;
  /** Shows what follows, from this chunk on; undefined: that is shown already. */
  onMore: ((nextOrdinal: number) => void) | undefined;
}

function TextOfRange({ route, range, onMore }: TextOfRangeProps): ReactNode {
  const { documentId, pageNumber, ordinal } = route;
  const { from, limit } = range;
  const text = trpc.document.page.useQuery({ documentId, page: pageNumber, fromOrdinal: from, limit });
  if (text.isPending) return <Skeleton label={`Loading page ${pageNumber}`} />;
  if (text.isError) return <ErrorNotice error={text.error} onRetry={() => void text.refetch()} />;
  const { pieces, pageLabel, nextOrdinal } = text.data;
  return (
    <>
      {pageLabel !== undefined && from === 0 && <p className="muted">The document calls this page {pageLabel}.</p>}
      {pieces.length === 0 && from === 0 && <p className="muted">This page holds no text.</p>}
      <PassageList pieces={pieces} ordinal={ordinal} />
      {nextOrdinal !== undefined && onMore !== undefined && (
        <button type="button" className="button" onClick={() => onMore(nextOrdinal)}>
          Show more of this page
        </button>
      )}
    </>
  );
}
