import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

import type { DatabaseAddress } from '../connection/database-url.ts';

/** The parts of WebAssembly that are used here. Neither @types/node 20 nor the ES library declares them. */
declare const WebAssembly: {
  instantiate(
    binary: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let loading: Promise<void> | undefined;

/**
 * Runs `work` with Prisma's schema engine on a database, over the client's driver adapter. The engine throws plain
 * `Error`s; see `toMigrationError`.
 */
export async function withMigrationEngine<Result>(
  { connectionString, schema }: DatabaseAddress,
  work: (engine: bindings.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loading ??= loadEngine();
  await loading;
  // One connection, because the engine's own lock belongs to a session. Our own pool, because freeing the engine closes
  // no connection, and the lock would stay until the idle timeout.
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

/** Loads the engine's WebAssembly by hand, because Node 20 cannot import it as the package's main entry does. */
async function loadEngine(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = await readFile(join(dirname(glue), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': engineImports() });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * The engine's imports, with timers that do not keep the process alive: the engine never clears its 10 s lock timer.
 */
function engineImports(): Record<string, unknown> {
  const unreferencedTimeout = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  const isTimeout = (name: string) => name.startsWith('__wbg_setTimeout_');
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [name, isTimeout(name) ? unreferencedTimeout : value]),
  );
}

function ignore(): void {
  // Engine logs and lost connections also show as errors of the engine's calls.
}
