import { defineTask, upload } from '@taskwire/tasks';
import * as z from 'zod';

/** Media types of readable files. */
const accept = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/epub+zip',
  'application/rtf',
  'message/rfc822',
  'text/csv',
  'text/tab-separated-values',
  'text/markdown',
  'text/html',
  'text/plain',
] as const;

/** First and last page of a run of pages, 1-based. */
const pageRange = z.object({ from: z.int().positive(), to: z.int().positive() });

/** The pages of a document that were read; only of formats that have pages. */
export const documentCoverageSchema = z.object({
  pagesWithText: z.int().nonnegative(),
  /** Runs of pages that hold no text: scans, pictures, empty pages. */
  pagesWithoutText: z.array(pageRange),
  /** Runs of pages that could not be read. */
  pagesUnreadable: z.array(pageRange),
  /** Runs of pages whose text was recognised in their pictures; they count as pages with text. */
  pagesRecognised: z.exactOptional(z.array(pageRange)),
});
export type DocumentCoverage = z.infer<typeof documentCoverageSchema>;

/** Findings of the reader besides text. Absent in results of earlier versions. */
const findings = {
  coverage: z.exactOptional(documentCoverageSchema),
  /** Findings for the owner, as sentences. */
  warnings: z.exactOptional(z.array(z.string())),
};

/** Settings of cutting a document into chunks. */
export const chunkingFields = {
  /** Aimed-at length of a chunk, in characters. */
  chunkSize: z.int().min(200).max(8_000).default(1_200),
  /** Length of a chunk's end that the next one repeats, as a share of `chunkSize`; 0.15 if absent. */
  overlap: z.exactOptional(z.number().min(0).max(0.5)),
};

/** Reads an uploaded document, cuts it into chunks and makes them searchable. */
export const documentIngest = defineTask({
  kind: 'document.ingest',
  summary: 'Read a document (PDF, Office, e-book, e-mail, table, HTML, Markdown, text) and make it searchable',
  input: z.object({
    /** `uploadId` of the answer of `POST /api/v1/uploads`. */
    uploadId: upload({ accept }),
    ...chunkingFields,
    /** Document of the same owner that the file replaces; absent: a document of its own. */
    replaces: z.exactOptional(z.uuid().toLowerCase()),
  }),
  output: z.object({
    fileName: z.string(),
    mediaType: z.string(),
    pages: z.int().nonnegative(),
    chunks: z.int().nonnegative(),
    characters: z.int().nonnegative(),
    /** Id of the document for the `document.*` procedures. */
    documentId: z.exactOptional(z.uuid()),
    /** ISO 639-1 codes, most frequent first. */
    languages: z.exactOptional(z.array(z.string())),
    ...findings,
  }),
  stages: [
    {
      name: 'parse',
      weight: 6,
      result: z.object({
        pages: z.int().nonnegative(),
        characters: z.int().nonnegative(),
        sections: z.int().nonnegative(),
        /** Page labels of the document by 1-based page; only labels that differ from the number. */
        pageLabels: z.exactOptional(z.record(z.string(), z.string())),
        ...findings,
      }),
    },
    { name: 'chunk', weight: 1, result: z.object({ chunks: z.int().nonnegative() }) },
    { name: 'index', weight: 3 },
  ],
});
