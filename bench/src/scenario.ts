/** One row of a benchmark: what one run of one system gave. Absent: not measured by this benchmark. */
export interface Measurement {
  /** taskwire, nchan, trpc, raw-node, better-sse, graphql-sse, socket.io, bullmq-sse, … */
  name: string;
  watchers: number;
  /** Events a second. */
  rate: number;
  delivered: number;
  lost: number;
  cpuMicrosPerDelivery?: number;
  p50Ms?: number;
  p99Ms?: number;
  kibPerConnection?: number;
  /** Further figures of a scenario. */
  [more: string]: string | number | undefined;
}

/** Options of the command line. If one is absent, the scenario chooses. */
export interface BenchSettings {
  peers: readonly string[] | undefined;
  repeats: number;
  watchers: readonly number[] | undefined;
  rates: readonly number[] | undefined;
  /** Duration of the events in one run. */
  seconds: number;
  /** Tells on stderr what goes on. */
  say: (line: string) => void;
  /** Aborts on Ctrl-C; then a scenario stops its processes and throws. */
  signal: AbortSignal;
}

/** A column of a scenario's table: key of a measurement, heading, digits behind the point. */
export interface Column {
  key: string;
  heading: string;
  digits: number;
}

/** A plot with one series per name; x and y are keys of a measurement. */
export interface Plot {
  x: string;
  y: string;
  title: string;
  xLabel: string;
  yLabel: string;
  logX?: boolean;
  logY?: boolean;
}

/** A benchmark: yields the measurement of each run, and describes itself. */
export interface Scenario {
  name: string;
  summary: string;
  run: (settings: BenchSettings) => AsyncIterable<Measurement>;
  columns: readonly Column[];
  /** Absent: none is drawn. */
  plot?: Plot;
  /** Replaces `plot` if the drawing depends on the options. */
  plotFor?: (settings: BenchSettings) => Plot;
}
