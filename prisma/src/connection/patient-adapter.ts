import type { IsolationLevel, SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils';
import { patiently } from './patiently.ts';

/**
 * Makes an adapter retry statements while PostgreSQL is away, for at most `limitMs` each. Within a transaction, which
 * is lost with its connection, only the start is retried.
 */
export function patientAdapter(factory: SqlDriverAdapterFactory, limitMs: number): SqlDriverAdapterFactory {
  const { provider, adapterName } = factory;
  return { provider, adapterName, connect: async () => new PatientAdapter(await factory.connect(), limitMs) };
}

/** Whether a statement may run twice. A plain insert may not. */
function isRepeatable(sql: string): boolean {
  return !/^\s*INSERT\b/i.test(sql) || /\bON CONFLICT\b/i.test(sql);
}

class PatientAdapter implements SqlDriverAdapter {
  readonly provider: SqlDriverAdapter['provider'];
  readonly adapterName: SqlDriverAdapter['adapterName'];
  readonly #adapter: SqlDriverAdapter;
  readonly #limitMs: number;
  readonly #closing = new AbortController();

  constructor(adapter: SqlDriverAdapter, limitMs: number) {
    this.provider = adapter.provider;
    this.adapterName = adapter.adapterName;
    this.#adapter = adapter;
    this.#limitMs = limitMs;
  }

  queryRaw(query: SqlQuery) {
    return this.#patiently(() => this.#adapter.queryRaw(query), isRepeatable(query.sql));
  }

  executeRaw(query: SqlQuery) {
    return this.#patiently(() => this.#adapter.executeRaw(query), isRepeatable(query.sql));
  }

  startTransaction(isolationLevel?: IsolationLevel) {
    return this.#patiently(() => this.#adapter.startTransaction(isolationLevel), true);
  }

  executeScript(script: string) {
    return this.#adapter.executeScript(script);
  }

  getConnectionInfo() {
    return this.#adapter.getConnectionInfo?.() ?? { supportsRelationJoins: true };
  }

  async dispose(): Promise<void> {
    this.#closing.abort();
    await this.#adapter.dispose();
  }

  #patiently<Value>(run: () => Promise<Value>, isRepeatable: boolean): Promise<Value> {
    return patiently(run, { limitMs: this.#limitMs, signal: this.#closing.signal, isRepeatable });
  }
}
