import { firstRange, rangeBefore, rangeFrom, type DocumentRoute, type TextRange } from '@taskwire/web-kit';
import { useState, type ReactNode } from 'react';
import { trpc } from '../../hooks/trpc.ts';
import { ErrorNotice, Skeleton } from '../feedback/notice.tsx';
import { PassageList } from './passage-list.tsx';

interface DocumentTextProps {
  route: DocumentRoute;
}

/** The text of one page of a document, range by range. The hit is marked and scrolled into view. */
export function DocumentText({ route }: DocumentTextProps): ReactNode {
  const { ordinal } = route;
  const [ranges, setRanges] = useState<[TextRange, ...TextRange[]]>([firstRange(ordinal)]);
  const [first] = ranges;
  const last = ranges.at(-1);
  return (
    <div className="stack" data-testid="document-text" data-page={route.pageNumber}>
      {ranges.map((range) => (
        <TextOfRange
          key={range.from}
          route={route}
          range={range}
          onBefore={
            range === first
              ? (isEmpty) => setRanges(isEmpty ? [firstRange()] : [rangeBefore(range), ...ranges])
              : undefined
          }
          onMore={range === last ? (next) => setRanges([...ranges, rangeFrom(next)]) : undefined}
        />
      ))}
    </div>
  );
}

interface TextOfRangeProps {
  route: DocumentRoute;
  range: TextRange;
  /** Shows the preceding text, from the first chunk on if this range is empty; undefined: it is already shown. */
  onBefore: ((isEmpty: boolean) => void) | undefined;
  /** Shows the following text from this chunk on; undefined: it is already shown. */
  onMore: ((nextOrdinal: number) => void) | undefined;
}

function TextOfRange({ route, range, onBefore, onMore }: TextOfRangeProps): ReactNode {
  const { documentId, pageNumber, ordinal } = route;
  const { from, limit } = range;
  const text = trpc.document.page.useQuery({ documentId, page: pageNumber, fromOrdinal: from, limit });
  if (text.isPending) return <Skeleton label={`Loading page ${pageNumber}`} />;
  if (text.isError) return <ErrorNotice error={text.error} onRetry={() => void text.refetch()} />;
  const { hasEarlier = false, pieces, nextOrdinal } = text.data;
  return (
    <>
      {!hasEarlier && <PageRemarks page={text.data} />}
      {hasEarlier && onBefore !== undefined && (
        <button type="button" className="button" onClick={() => onBefore(pieces.length === 0)}>
          Show the text before
        </button>
      )}
      <PassageList pieces={pieces} ordinal={ordinal} />
      {nextOrdinal !== undefined && onMore !== undefined && (
        <button type="button" className="button" onClick={() => onMore(nextOrdinal)}>
          Show more of this page
        </button>
      )}
    </>
  );
}

/** The part of a page's first answer that remarks depend on. */
interface PageStart {
  pageLabel?: string;
  pieces: readonly unknown[];
}

/** Remarks above the text of a page. */
function PageRemarks({ page: { pageLabel, pieces } }: { page: PageStart }): ReactNode {
  return (
    <>
      {pageLabel !== undefined && <p className="muted">The document calls this page {pageLabel}.</p>}
      {pieces.length === 0 && <p className="muted">This page holds no text.</p>}
    </>
  );
}
