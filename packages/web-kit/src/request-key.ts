/** An idempotency key for one thing that a reader wants done once, however often the button is pressed. */
export function newRequestKey(): string {
  const digits = (value: number) => value.toString(36);
  return `page-${digits(Date.now())}-${digits(Math.random()).slice(2)}`;
}
