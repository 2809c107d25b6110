/** A sample line of the Prometheus text format: name, labels if any, value; a timestamp may follow. */
const SAMPLE = /^([a-zA-Z_:][\w:]*(?:\{.*\})?)\s+(\S+)/;

/**
 * Reads Prometheus's text format.
 * @returns each sample's value by its name, with its labels as they stand there: `reads_total{log="task"}`.
 */
export function parseMetrics(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = line.startsWith('#') ? [] : (SAMPLE.exec(line) ?? []);
    if (name !== undefined) samples.set(name, Number(value));
  }
  return samples;
}

/** The sum of a metric over all its labels; undefined if there is none of this name. */
export function sumOf(samples: ReadonlyMap<string, number>, name: string): number | undefined {
  const values = [...samples].filter(([key]) => key === name || key.startsWith(`${name}{`)).map(([, value]) => value);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
