/** A user of the operating system that a server runs as. */
export interface Account {
  userId: number;
  groupId: number;
}

/** Whether this process is root. Always false on Windows. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
