import * as z from 'zod';

/** Settings of a group of callers. */
export const callersSettingsSchema = z.object({
  /** Of the api. */
  url: z.string(),
  /** One user each. */
  tokens: z.array(z.string()),
  /** Connections of each user; each sends one request after the other. */
  connections: z.int().positive(),
  /** Calls in one request; 1 is no batch. */
  callsPerRequest: z.int().positive(),
  /** Between an answer and the next request of a connection (ms). */
  pauseMs: z.number().nonnegative(),
  seconds: z.number().positive(),
});
export type CallersSettings = z.infer<typeof callersSettingsSchema>;

/** Figures of a group's requests. */
export const callersFiguresSchema = z.object({
  answered: z.int(),
  /** Answers with 429. */
  refused: z.int(),
  /** Any other answer than 200, 207 and 429, and lost connections. */
  failed: z.int(),
  /** Latencies of all requests that were not refused. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
export type CallersFigures = z.infer<typeof callersFiguresSchema>;

/** Reports readiness; after the start command, reports the results. */
export const callersReplySchema = z.union([z.literal('ready'), callersFiguresSchema]);
export type CallersReply = z.infer<typeof callersReplySchema>;
