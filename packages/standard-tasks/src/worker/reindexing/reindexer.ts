import { setTimeout as delay } from 'node:timers/promises';
import { Stemmer, SEARCH_VERSION, sweepVocabulary } from '@taskwire/documents';
import { adoptChunks } from './adopt-chunks.ts';
import type { ReindexDependencies } from './reindex-dependencies.ts';
import { RetryPauses } from './retry-pauses.ts';
import { tryBatch, type BatchResult } from './try-batch.ts';

/** Number of chunks per transaction. */
const BATCH = 100;
/** Pause (ms) between two passes. */
const EVERY_MS = 30_000;
/** Shortest time (ms) between two log lines about the progress. */
const REPORT_EVERY_MS = 10_000;
/** Number of consecutive failed batches that ends a pass, for instance because PostgreSQL's disk is full. */
const MOST_FAILURES = 3;

/**
 * Indexes the chunks of earlier versions again in the background: a batch, a rest as long as the batch took, the next
 * batch. Any number of workers share the work. A killed worker loses nothing; the next one continues.
 * Modes: new → started (idle ⇄ indexing) → stopped.
 */
export class Reindexer {
  readonly #dependencies: ReindexDependencies;
  readonly #stopping = new AbortController();
  readonly #stemmer: Stemmer;
  readonly #failedAdoptions = new RetryPauses();
  readonly #failedDocuments = new RetryPauses();
  #running: Promise<void> | undefined;
  #isFailing = false;

  constructor(dependencies: ReindexDependencies) {
    this.#dependencies = dependencies;
    this.#stemmer = new Stemmer(dependencies.documents);
  }

  /** Starts the passes, the first one at once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Stops after the current batch. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /**
   * Indexes all chunks of earlier versions, then removes the words of deleted chunks from the vocabularies.
   * @returns the number of chunks that this worker indexed.
   * @throws if PostgreSQL cannot be reached, or if several batches in a row fail.
   */
  async runOnce(): Promise<number> {
    const { documents, logger } = this.#dependencies;
    const { signal } = this.#stopping;
    let indexed = 0;
    let failures = 0;
    let reportAt = 0;
    while (!signal.aborted) {
      const begunAt = performance.now();
      const result = await this.#step();
      if ('failure' in result) {
        failures += 1;
        if (failures === MOST_FAILURES) throw result.failure;
        continue;
      }
      if (result.chunks === 0) break;
      failures = 0;
      indexed += result.chunks;
      if (begunAt >= reportAt) {
        logger.info({ indexed, left: await this.#left() }, 'chunks of an earlier version are indexed again');
        reportAt = performance.now() + REPORT_EVERY_MS;
      }
      await rest(performance.now() - begunAt, signal);
    }
    if (indexed > 0) logger.info({ indexed, left: await this.#left() }, 'chunks were indexed again');
    await sweepVocabulary(documents, signal);
    return indexed;
  }

  /** @returns 0 chunks if there is nothing to do. */
  async #step(): Promise<BatchResult> {
    const { signal } = this.#stopping;
    await adoptChunks({ ...this.#dependencies, failedAdoptions: this.#failedAdoptions }, signal);
    const context = { stemmer: this.#stemmer, failedDocuments: this.#failedDocuments };
    return tryBatch({ ...this.#dependencies, ...context }, BATCH);
  }

  async #left(): Promise<number> {
    return this.#dependencies.documents.documentChunk.count({ where: { searchVersion: { lt: SEARCH_VERSION } } });
  }

  async #run(): Promise<void> {
    const { everyMs = EVERY_MS } = this.#dependencies;
    while (!this.#stopping.signal.aborted) {
      await this.#pass();
      await rest(everyMs, this.#stopping.signal);
    }
  }

  /** PostgreSQL may be away for long, so that only the first failure is logged. */
  async #pass(): Promise<void> {
    const { logger } = this.#dependencies;
    try {
      await this.runOnce();
      if (this.#isFailing) logger.info('chunks are indexed again as before');
      this.#isFailing = false;
    } catch (err) {
      if (!this.#isFailing && !this.#stopping.signal.aborted) {
        logger.warn({ err }, 'chunks of an earlier version cannot be indexed again: it is tried again');
      }
      this.#isFailing = true;
    }
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
