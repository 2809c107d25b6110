import { bullmq } from './bullmq/contestant.ts';
import type { Contestant } from './contestant.ts';
import { orpcPublisher } from './orpc/contestant.ts';
import { resumableStream } from './resumable-stream/contestant.ts';
import { socketIo } from './socket-io/contestant.ts';
import { taskwire } from './taskwire/contestant.ts';

export const CONTESTANTS: readonly Contestant[] = [taskwire, bullmq, socketIo, orpcPublisher, resumableStream];
