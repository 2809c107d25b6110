/** Required form of a Redis address, for messages that refuse another form. */
export const REDIS_URL_FORM =
  'redis://user:password@host:6379/database, or rediss:// for TLS; the database is a number';

/**
 * Says whether an address is one of a Redis, with a database that is a number if it names one. The name and the password
 * are percent-encoded in it.
 */
export function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return /^rediss?:$/.test(protocol) && hostname !== '' && /^\/?\d{0,5}$/.test(pathname);
}
