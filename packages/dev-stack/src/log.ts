/** Takes one line of progress, meant for people. */
export type Log = (line: string) => void;

/** A log that nobody reads. */
export const silentLog: Log = () => undefined;
