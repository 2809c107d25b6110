import { inRepository } from '../lib/repository.ts';

/** The document that `start` ingests, and the query by which it then searches it. */
export const example = {
  file: inRepository('examples', 'documents', 'event-streams-handbook.pdf'),
  fileName: 'event-streams-handbook.pdf',
  mediaType: 'application/pdf',
  query: 'slow watcher',
} as const;
