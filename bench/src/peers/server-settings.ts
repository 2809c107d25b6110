import * as z from 'zod';

/** Settings of a peer's server. */
export const serverSettingsSchema = z.object({ port: z.int(), redisUrl: z.exactOptional(z.string()) });
export type ServerSettings = z.infer<typeof serverSettingsSchema>;
