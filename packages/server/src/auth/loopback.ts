import type { IncomingMessage } from 'node:http';

/** Headers by which a proxy names its client. Behind a proxy the address of the connection is the proxy's. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;

/** Whether a host name or address is this machine's own. */
export function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether a request comes from this machine and is meant for it: both ends of the connection are loopback, and so is the
 * name in the Host header. A page of a foreign site whose name resolves to 127.0.0.1 (DNS rebinding) sends its own name.
 */
export function isLoopbackRequest(request: IncomingMessage): boolean {
  if (!isLoopbackName(request.socket.remoteAddress ?? '')) return false;
  if (FORWARDING_HEADERS.some((name) => request.headers[name] !== undefined)) return false;
  const origin = `http://${request.headers.host ?? ''}`;
  return URL.canParse(origin) && isLoopbackName(new URL(origin).hostname);
}
