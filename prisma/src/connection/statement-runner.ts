/** Raw queries of a client or of a transaction. Stated structurally, so that an extended client fits too. */
export interface QueryRunner {
  $queryRaw<Rows>(statement: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows>;
}

/** Raw queries and statements of a client or of a transaction. */
export interface StatementRunner extends QueryRunner {
  $executeRaw(statement: TemplateStringsArray): PromiseLike<number>;
}
