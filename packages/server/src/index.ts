// The server
export { createTaskwireServer } from './create-taskwire-server.ts';
export type { ListenOptions, TaskwireServer, TaskwireServerOptions } from './create-taskwire-server.ts';
export type { SettingOptions } from './options.ts';
export { StartError } from './start-failure.ts';

// Signing in
export { bearer } from './auth/bearer.ts';
export type { BearerAuthenticate } from './auth/bearer.ts';
export type { Authenticate, AuthenticatedUser } from './auth/authenticate.ts';
export type { TokenAuthority } from './auth/tokens.ts';
export { TaskwireError } from '@taskwire/protocol';

// Own procedures, and a tRPC router of one's own around Taskwire's
export { callerProcedure, errorFormatter, router } from '@taskwire/router';
export type { AppRouter, Caller, Context } from '@taskwire/router';
// Named in the types of a server and its procedures: declarations of a team's modules must find them here.
export type { CallContext, ErrorShape, NoProcedures, Ports } from '@taskwire/router';

// Own routes, pages and types of files
export type { OwnRoutes, RouteHandler, RouteTools, SendUploadOptions } from './routes.ts';
export type { WebApp } from './http/pages/web-app.ts';
export type { DetectMediaType, DetectedMediaType } from './uploads/sniff-media-type.ts';

// For databases of one's own: errors that a caller may see
export { translateDatabaseError } from './adapters/database-errors.ts';
