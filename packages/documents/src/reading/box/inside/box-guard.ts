import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

function refuse(): never {
  throw new Error('the reader of a document has no network');
}

function refuseAll(target: object, names: readonly string[]): void {
  for (const name of names) Object.defineProperty(target, name, { value: refuse, configurable: false });
}

/**
 * Removes the network from this process: connections, servers, datagrams and name look-ups throw. Every network client
 * of Node and of packages builds on these. The channel to the parent stays.
 */
export function closeNetwork(): void {
  refuseAll(net.Socket.prototype, ['connect']);
  refuseAll(net.Server.prototype, ['listen']);
  refuseAll(dgram.Socket.prototype, ['bind', 'connect', 'send']);
  for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    const names = Object.getOwnPropertyNames(resolver).filter((name) => /^(lookup|resolve|reverse)/.test(name));
    refuseAll(resolver, names);
  }
  for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
}
