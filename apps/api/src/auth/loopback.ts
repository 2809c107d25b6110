import type { IncomingMessage } from 'node:http';

/** Headers that a proxy adds for whom it speaks for: a loopback address behind one says nothing about the person. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;

/** Says whether a host name or address is this machine's own. */
export function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Says whether a request comes from this machine and was meant for it: both ends of the connection are loopback, and
 * so is the name in the Host header. A page of a foreign site whose name was made to resolve to 127.0.0.1 (DNS
 * rebinding) still sends its own name there.
 */
export function isLoopbackRequest(request: IncomingMessage): boolean {
  if (!isLoopbackName(request.socket.remoteAddress ?? '')) return false;
  if (FORWARDING_HEADERS.some((name) => request.headers[name] !== undefined)) return false;
  const origin = `http://${request.headers.host ?? ''}`;
  return URL.canParse(origin) && isLoopbackName(new URL(origin).hostname);
}
