import { describe, expect, it } from 'vitest';
import { Chunked } from './chunked.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n';
const ANSWER = `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nid: 1\r\n1b\r\n2\r\n\r\ndata: with line ends\r\n\r\n`;

describe('Chunked', () => {
  it('gives the same body however the connection cuts it', () => {
    for (let size = 1; size <= ANSWER.length; size += 1) {
      const chunked = new Chunked();
      let body = '';
      for (let at = 0; at < ANSWER.length; at += size) body += chunked.take(ANSWER.slice(at, at + size));
      expect(body).toBe('id: 12\r\n\r\ndata: with line ends\r\n');
      expect(chunked.status).toBe(200);
    }
  });

  it('gives a body that is not chunked as it is', () => {
    expect(new Chunked().take(`${HEAD}\r\n5\r\nid`)).toBe('5\r\nid');
  });

  it('refuses text that is not a chunk', () => {
    expect(() => new Chunked().take(`${HEAD}Transfer-Encoding: chunked\r\n\r\nid: 1\r\n`)).toThrow(/size of a chunk/);
  });
});
