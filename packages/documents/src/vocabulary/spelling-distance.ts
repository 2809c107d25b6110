/**
 * The number of mistakes between two words: letters (code points) that are added, left out, changed, or swapped with a
 * neighbour. A swapped pair is not changed further (optimal string alignment).
 */
export function spellingDistance(one: string, other: string): number {
  const left = Array.from(one);
  const right = Array.from(other);
  /** Distances between the starts of both words, by their lengths. */
  const table = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= left.length; row += 1) {
    table[row] = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      table[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(left.length, right.length);
}
