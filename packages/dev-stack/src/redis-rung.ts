/** A Redis server to run. */
export interface RedisProgram {
  program: string;
  /** The name to call it by, where the file has another. */
  calledAs: string;
}

/** What a rung of the ladder comes to: a program, or why there is none. */
export type RedisRung = { found: RedisProgram } | { reason: string };
