import type { Annotation } from './annotations.ts';

/** An annotation, and the index (0-based) of its page. */
export type Placed = Annotation & { pageIndex: number };

/** An annotation of pdf.js, which reads every field by its type but states no type. Undefined without a page or subtype. */
export function placedAnnotation(annotation: object): Placed | undefined {
  return 'pageIndex' in annotation && 'subtype' in annotation ? (annotation as Placed) : undefined;
}
