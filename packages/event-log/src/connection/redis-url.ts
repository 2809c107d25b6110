/** Required form of a Redis address, for messages that refuse another form. */
export const REDIS_URL_FORM =
  'redis://user:password@host:6379/database, or rediss:// for TLS; the database is a number';

/**
 * Whether an address is a Redis address. A database in it must be a number; user and password are percent-encoded.
 */
export function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return /^rediss?:$/.test(protocol) && hostname !== '' && /^\/?\d{0,5}$/.test(pathname);
}
