import type { ReadingLimits } from '../limits.ts';

/** The work of a box: the text of the whole document, or the images that some pages of a PDF show. */
export type BoxJob = { type: 'text'; mediaType: string } | { type: 'images'; pages: readonly number[] };

/** The argument of a box's process. */
export interface BoxRequest {
  job: BoxJob;
  limits: ReadingLimits;
  /** The process that started the box. The box ends with it. */
  parentId: number;
}

/** Writes a request as one argument of a command. */
export function encodeBoxRequest({ job, limits, parentId }: BoxRequest): string {
  const fields = new URLSearchParams(
    job.type === 'text' ? { mediaType: job.mediaType } : { imagesOf: job.pages.join(',') },
  );
  for (const [name, value] of Object.entries({ ...limits, parentId })) fields.set(name, String(value));
  return fields.toString();
}

/** Reads a request. It needs no schema library, so that the process starts quickly. */
export function decodeBoxRequest(argument: string): BoxRequest {
  const fields = new URLSearchParams(argument);
  const numberOf = (name: keyof ReadingLimits | 'parentId') => Number(fields.get(name));
  const pages = fields.get('imagesOf');
  return {
    job:
      pages === null
        ? { type: 'text', mediaType: fields.get('mediaType') ?? '' }
        : { type: 'images', pages: pages.split(',').map(Number) },
    limits: {
      pages: numberOf('pages'),
      unpackedBytes: numberOf('unpackedBytes'),
      depth: numberOf('depth'),
      memoryMiB: numberOf('memoryMiB'),
      cpuSeconds: numberOf('cpuSeconds'),
      pageCpuSeconds: numberOf('pageCpuSeconds'),
      silenceMs: numberOf('silenceMs'),
    },
    parentId: numberOf('parentId'),
  };
}
