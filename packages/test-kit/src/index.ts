// Servers that tests and other programs break on purpose
export { createTestPostgres, type TestPostgres } from './servers/test-postgres.ts';
export { createTestRedis, type TestRedis } from './servers/test-redis.ts';
export { createTestS3, type TestS3 } from './servers/test-s3.ts';
export { TcpProxy } from './proxy/tcp-proxy.ts';

// Small tools
export { collect } from './collect.ts';
export { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
export { makeEarlierTables } from './servers/earlier-tables.ts';
