// The server
export { CLOSE_DEADLINE_MS, startServer } from './server.ts';
export type { RunningServer, ServerSettings } from './server.ts';
export type { DetectMediaType, DetectedMediaType } from './uploads/sniff-media-type.ts';

// Its settings
export { readEnvironment } from './env.ts';
export type { Environment } from './env.ts';
export { startFailure } from './start-failure.ts';
