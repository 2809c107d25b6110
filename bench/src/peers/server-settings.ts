import * as z from 'zod';

/** What a peer's server is started with. */
export const serverSettingsSchema = z.object({ port: z.int(), redisUrl: z.exactOptional(z.string()) });
export type ServerSettings = z.infer<typeof serverSettingsSchema>;
