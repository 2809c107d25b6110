import { randomUUID } from 'node:crypto';
import type { SearchAnswer, SearchRequest } from '@taskwire/documents';
import type { DocumentSearch } from '../document-search.ts';
import type { DocumentStore, PagePiece, StoredDocument } from '../document-store.ts';

/** The pieces of a document's pages, by page. */
type Pages = ReadonlyMap<number, PagePiece[]>;

/** The tasks that use uploads. */
interface UploadUsers {
  /** Gives the unfinished tasks that use an upload. */
  unfinishedTasksOf(uploadId: string): string[];
  /** Makes ended tasks use an upload no longer. */
  release(uploadId: string): void;
}

/** Documents in memory. A test plays the worker. */
export class MemoryDocuments implements DocumentSearch, DocumentStore {
  /** Set by a test: the answer of every search. */
  answer: SearchAnswer = { hits: [] };
  /** The searches so far. */
  readonly searches: SearchRequest[] = [];
  readonly stored = new Map<string, StoredDocument>();
  readonly #pages = new Map<string, Pages>();
  readonly #users: UploadUsers;
  #clock = 1_700_000_000_000;

  constructor(users: UploadUsers) {
    this.#users = users;
  }

  /** Adds a document as a worker leaves it. */
  add(facts: Partial<StoredDocument> & Pick<StoredDocument, 'ownerId'>, pages: Pages = new Map()): StoredDocument {
    const at = this.#clock++;
    const document: StoredDocument = {
      ...{ documentId: randomUUID(), fileName: 'a.txt', mediaType: 'text/plain', pages: Math.max(1, pages.size) },
      ...{ characters: 1, languages: [], warnings: [], createdAt: at, updatedAt: at },
      ...facts,
    };
    this.stored.set(document.documentId, document);
    this.#pages.set(document.documentId, pages);
    return document;
  }

  /** Forgets a deleted task: its document stays. */
  detach(taskIds: readonly string[]): void {
    for (const { taskId, ...document } of this.stored.values()) {
      if (taskId !== undefined && taskIds.includes(taskId)) this.stored.set(document.documentId, document);
    }
  }

  /** Whether a document names the upload. */
  uses(uploadId: string): boolean {
    return [...this.stored.values()].some((document) => document.uploadId === uploadId);
  }

  search(request: SearchRequest): Promise<SearchAnswer> {
    this.searches.push(request);
    return Promise.resolve(this.answer);
  }

  find(documentId: string): Promise<StoredDocument | undefined> {
    return Promise.resolve(this.stored.get(documentId));
  }

  list({ ownerId, after, limit }: Parameters<DocumentStore['list']>[0]): Promise<StoredDocument[]> {
    const isWanted = (document: StoredDocument): boolean =>
      document.ownerId === ownerId && (after === undefined || document.createdAt < after.createdAt);
    return Promise.resolve([...this.stored.values()].filter(isWanted).reverse().slice(0, limit));
  }

  page(documentId: string, { page, fromOrdinal, limit }: { page: number; fromOrdinal: number; limit: number }) {
    const all = this.#pages.get(documentId)?.get(page) ?? [];
    const pieces = all.filter(({ ordinal }) => ordinal >= fromOrdinal);
    const earlier = pieces.length < all.length ? { hasEarlier: true as const } : {};
    const next = pieces[limit];
    const rest = next === undefined ? {} : { nextOrdinal: next.ordinal };
    return Promise.resolve({ ...earlier, pieces: pieces.slice(0, limit), ...rest });
  }

  readers({ uploadId }: StoredDocument): Promise<string[]> {
    return Promise.resolve(uploadId === undefined ? [] : this.#users.unfinishedTasksOf(uploadId));
  }

  delete(documentId: string): Promise<{ uploadIds: string[] }> {
    const uploadId = this.stored.get(documentId)?.uploadId;
    if (uploadId !== undefined) this.#users.release(uploadId);
    this.stored.delete(documentId);
    this.#pages.delete(documentId);
    return Promise.resolve({ uploadIds: uploadId === undefined ? [] : [uploadId] });
  }
}
