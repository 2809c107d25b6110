import type { Job } from 'bullmq';
import type { LockHold } from '../fleet/fleet-member.ts';

/** Renewals in the time that a lock lasts. */
const RENEWALS = 3;
/** Doublings at most of the lock of a job whose locks were lost before; the first loss does not count. */
const DOUBLINGS = 3;

/**
 * The lock of one delivery of a job: held → released, or lost. BullMQ renews locks by the id of the job; when a run that was
 * superseded ends, it stops the renewal of the next delivery of that job in the same process. This one is renewed by job
 * and token. A job that lost its lock before gets a longer one, so that a handler that blocks its event loop for longer than
 * a lock lasts does not go from worker to worker for ever.
 */
export class DeliveryLock {
  /** Resolves when the lock is lost: the job goes to another delivery. */
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
    // The first renewal comes within the lock that BullMQ gave.
    this.#timer = setInterval(() => void this.#renew(), lockMs / RENEWALS);
  }

  /** Stops the renewal: the delivery is over. */
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
      // Redis is away: the next renewal finds out whether the lock outlived that.
    } finally {
      this.#isRenewing = false;
    }
  }
}
