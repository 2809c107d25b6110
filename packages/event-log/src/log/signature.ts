import { createHash, randomBytes } from 'node:crypto';

/** Secret for logs that have none yet. A log keeps the first one that it is offered. */
export const OFFERED_SECRET = randomBytes(16).toString('hex');

const SIGNED = /^(\d{1,15}\n)?\{"mac":"([0-9a-f]{40})",/;

/** A message that the log has not published, as far as this process knows. */
export class UnsignedMessageError extends Error {
  constructor() {
    super('the message is not signed by its log');
    this.name = 'UnsignedMessageError';
  }
}

/**
 * Checks the messages of a channel. Any client of Redis may publish there, but only the log's own scripts know the
 * secret in its meta hash.
 *
 * The secret is unknown → current, once `ready` has read it → outdated, after a message with another signature: the log
 * may have begun anew, with another secret. An outdated secret is used until `ready` has read it again.
 */
export class Signature {
  readonly #channel: string;
  readonly #loadSecret: () => Promise<string | undefined>;
  #secret: string | undefined;
  #isCurrent = false;

  constructor(channel: string, loadSecret: () => Promise<string | undefined>) {
    this.#channel = channel;
    this.#loadSecret = loadSecret;
  }

  /** The message without its signature. @throws UnsignedMessageError unless the log has published it. */
  verified(message: string): string {
    const [start = '', prefix = '', mac] = SIGNED.exec(message) ?? [];
    const payload = `${prefix}{${message.slice(start.length)}`;
    if (this.#secret !== undefined && mac === signatureOf(this.#secret, this.#channel, payload)) return payload;
    this.#isCurrent = false;
    throw new UnsignedMessageError();
  }

  /** Reads the secret unless it is current. */
  async ready(): Promise<void> {
    if (this.#isCurrent) return;
    this.#isCurrent = true;
    try {
      this.#secret = await this.#loadSecret();
      if (this.#secret === undefined) this.#isCurrent = false;
    } catch (error) {
      this.#isCurrent = false;
      throw error;
    }
  }
}

/** Signs as the scripts do. The secret is at both ends, because a hash can be extended at its end without the secret. */
function signatureOf(secret: string, channel: string, payload: string): string {
  return createHash('sha1').update(`${secret}${channel}\n${payload}${secret}`).digest('hex');
}
