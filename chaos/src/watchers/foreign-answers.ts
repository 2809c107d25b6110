import * as z from 'zod';

/** Form of every refusal of the system: over HTTP, and in tRPC's own form. */
const refusalSchema = z.looseObject({ error: z.looseObject({ code: z.union([z.string(), z.number()]) }) });

/** Notes whether the last unsuccessful answer came from the system itself, and not from something on the way. */
export class AnswerNotes {
  #isRefused = false;

  /** Whether the system itself has refused. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** A `fetch` of which the answers are noted. */
  noting(inner: typeof fetch): typeof fetch {
    return async (input, init) => {
      const response = await inner(input, init);
      this.#isRefused = response.status >= 400 && (await isOurs(response.clone()));
      return response;
    };
  }
}

async function isOurs(response: Response): Promise<boolean> {
  try {
    const body: unknown = JSON.parse(await response.text());
    return refusalSchema.safeParse(body).success;
  } catch {
    return false;
  }
}
