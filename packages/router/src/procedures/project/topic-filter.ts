import { taskEventSchema } from '@taskwire/protocol';
import * as z from 'zod';

const MOST_NAMES = 50;
const EVENT_TYPES = taskEventSchema.options.map((option) => option.shape.type.value);

/** Which events of a project a watcher wants: those of these stages, of these types; what is absent limits nothing. */
export const topicFilterSchema = z.object({
  stages: z.exactOptional(z.array(z.string().min(1).max(200)).min(1).max(MOST_NAMES)),
  types: z.exactOptional(z.array(z.enum(EVENT_TYPES)).min(1).max(MOST_NAMES)),
});
