/** Changes that another version, or a manual edit, may make to a row: SQL that sets its columns. */
const SETS = {
  kind: `"kind" = 'gone.kind'`,
  input: `"input" = '{"neither":["field","nor",1e300]}'`,
  output: `"output" = '"no longer what the kind gives"'`,
} as const;

export type Spoiling = keyof typeof SETS;
export const SPOILINGS = ['kind', 'input', 'output'] as const satisfies readonly Spoiling[];

/** @throws Error if there is no such way to spoil a row. */
export function spoilingSql(name: string): string {
  const spoiling = SPOILINGS.find((each) => each === name);
  if (spoiling === undefined) throw new Error(`a row cannot be spoiled by "${name}"`);
  return SETS[spoiling];
}
