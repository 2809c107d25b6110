/**
 * Moves labels apart that would lie on each other, each as little as possible.
 * @param wanted where each would stand (pixels). @param gap between neighbours, at least.
 * @param within the ends; if there is too little room, labels go beyond the last.
 * @returns where each is to stand, in the order of `wanted`.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  [first, last]: readonly [number, number],
): number[] {
  const order = wanted.map((place, index) => ({ place, index })).sort((one, other) => one.place - other.place);
  let free = first;
  for (const each of order) {
    each.place = Math.max(each.place, free);
    free = each.place + gap;
  }
  // Labels beyond the end push back.
  let limit = Math.max(last, first + gap * (order.length - 1));
  for (const each of order.toReversed()) {
    each.place = Math.min(each.place, limit);
    limit = each.place - gap;
  }
  const places = wanted.map(() => 0);
  for (const { place, index } of order) places[index] = place;
  return places;
}
