import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

import type { DatabaseAddress } from '../connection/database-url.ts';

/** The part that is needed here: neither @types/node 20 nor the ES library declares it. */
declare const WebAssembly: {
  instantiate(
    binary: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let loading: Promise<void> | undefined;

/**
 * Runs `work` with Prisma's schema engine on a database, over the driver adapter that the client uses too.
 * The engine throws plain `Error`s: see `toMigrationError`.
 */
export async function withMigrationEngine<Result>(
  { connectionString, schema }: DatabaseAddress,
  work: (engine: bindings.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loading ??= loadEngine();
  await loading;
  // One connection, because the engine's own lock belongs to a session. And a pool of ours, because freeing the engine
  // closes no connection: the lock would stay until the idle timeout.
  const pool = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: 10_000 });
  pool.on('error', ignore);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool, schema === undefined ? {} : { schema }));
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, ignore, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** Node 20 imports no WebAssembly modules, which the package's main entry asks for; so it is linked here by hand. */
async function loadEngine(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = await readFile(join(dirname(glue), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': engineImports() });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The engine never clears its 10 s lock timer, which would hold up the end of the process for as long. */
function engineImports(): Record<string, unknown> {
  const unreferencedTimeout = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  const isTimeout = (name: string) => name.startsWith('__wbg_setTimeout_');
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [name, isTimeout(name) ? unreferencedTimeout : value]),
  );
}

function ignore(): void {
  // What the engine logs, and a connection that it loses, come back as errors of its calls too.
}
