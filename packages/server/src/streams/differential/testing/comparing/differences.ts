import { isDeepStrictEqual } from 'node:util';
import { fewestMessages, framesOf, type Frame } from './merged.ts';
import type { Answer } from '../reading/raw-stream.ts';
import { readStream } from '../reading/stream-text.ts';

/** Range (ms) of the retry times. */
const WAIT_MS = { least: 500, most: 30_000 };
const SHOWN_CHARACTERS = 160;

/** Differences that a scenario allows. */
export interface Tolerance {
  /** The gateway leaves this request to tRPC, and so adds nothing to the answer. */
  leftToTrpc?: boolean;
  /** Tokens, progress, data and skipped events may be merged in different ways. */
  merging?: boolean;
}

/** Differences that a client would see, one line each. */
export function differences(trpc: Answer, gateway: Answer, tolerance: Tolerance = {}): string[] {
  const names = new Set([...Object.keys(trpc.headers), ...Object.keys(gateway.headers)]);
  return [
    ...unlike('status', trpc.status, gateway.status),
    ...[...names].sort().flatMap((name) => unlike(`header ${name}`, trpc.headers[name], gateway.headers[name])),
    ...waitsOf(gateway.text, tolerance.leftToTrpc === true ? 0 : 1),
    ...(tolerance.merging === true
      ? unlikeMessages(messagesOf(trpc), messagesOf(gateway))
      : texts(trpc.text, gateway.text)),
  ];
}

function unlike(what: string, trpc: unknown, gateway: unknown): string[] {
  if (isDeepStrictEqual(trpc, gateway)) return [];
  return [`${what}: ${shown(trpc)} from tRPC, ${shown(gateway)} from the gateway`];
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, SHOWN_CHARACTERS);
}

function waitsOf(text: string, expected: number): string[] {
  const { retries } = readStream(text);
  const outside = retries.filter((wait) => wait < WAIT_MS.least || wait > WAIT_MS.most);
  return [
    ...(retries.length === expected ? [] : [`retry: ${retries.length} times from the gateway, not ${expected} times`]),
    ...outside.map((wait) => `retry: ${wait} is no retry time`),
  ];
}

function texts(trpc: string, gateway: string): string[] {
  const [one, other] = [readStream(trpc).text, readStream(gateway).text];
  if (one === other) return [];
  const length = Math.max(one.length, other.length);
  const at = Array.from({ length }, (_each, index) => index).find((index) => one[index] !== other[index]) ?? 0;
  return unlike(`text from character ${at} on`, one.slice(at), other.slice(at));
}

function messagesOf({ text }: Answer): Frame[] {
  return framesOf(readStream(text).text);
}

/** In which messages two streams differ that may be merged in different places. */
export function unlikeMessages(trpc: readonly Frame[], gateway: readonly Frame[]): string[] {
  const [one, other] = [fewestMessages(trpc), fewestMessages(gateway)];
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_each, index) => index).flatMap((index) =>
    unlike(`message ${index}`, one[index], other[index]),
  );
}
