/** Count per user, and over all users. */
export class UserCounts {
  readonly #byUser = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  of(userId: string): number {
    return this.#byUser.get(userId) ?? 0;
  }

  /** @returns a function that frees the places, once. */
  take(userId: string, count: number): () => void {
    this.#add(userId, count);
    let isHeld = true;
    return () => {
      if (isHeld) this.#add(userId, -count);
      isHeld = false;
    };
  }

  #add(userId: string, count: number): void {
    this.#total += count;
    const left = this.of(userId) + count;
    if (left > 0) this.#byUser.set(userId, left);
    else this.#byUser.delete(userId);
  }
}
