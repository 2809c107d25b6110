import type { Job } from 'bullmq';
import type { LockHold } from '../fleet/fleet-member.ts';

/** Number of renewals per duration of a lock. */
const RENEWALS = 3;
/** Largest number of doublings of a lock's duration after earlier losses. The first loss does not count. */
const DOUBLINGS = 3;

/**
 * The lock of one delivery of a job, renewed by job and token. BullMQ itself renews by job only. The end of a
 * superseded run would therefore stop the renewal of the job's next delivery in the same process. A job that lost its
 * lock before gets a longer one. Otherwise a handler that blocks its event loop for longer than a lock would move from
 * worker to worker for ever.
 * Modes: held → released (`release`), or lost.
 */
export class DeliveryLock {
  /** Resolves when the lock is lost. Another delivery then gets the job. */
  readonly lost: Promise<'lost'>;
  readonly hold: LockHold;
  readonly #job: Job;
  readonly #timer: NodeJS.Timeout;
  #reportLoss: () => void = () => undefined;
  #isRenewing = false;

  constructor(job: Job, hold: { key: string; token: string }, lockMs: number) {
    const ms = lockMs * 2 ** Math.min(Math.max(job.stalledCounter - 1, 0), DOUBLINGS);
    this.#job = job;
    this.hold = { ...hold, ms };
    this.lost = new Promise((resolve) => (this.#reportLoss = () => resolve('lost')));
    // The first renewal comes before the lock that BullMQ gave ends.
    this.#timer = setInterval(() => void this.#renew(), lockMs / RENEWALS);
  }

  /** Stops the renewal at the delivery's end. */
  release(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      const { token, ms } = this.hold;
      if ((await this.#job.extendLock(token, ms)) === 0) {
        this.release();
        this.#reportLoss();
      }
    } catch {
      // Redis is away. The next renewal shows whether the lock survived.
    } finally {
      this.#isRenewing = false;
    }
  }
}
