import { nodePeer } from '../node-peer.ts';

export const socketIo = nodePeer({
  name: 'socket.io',
  summary: 'websockets only, io.to(room).emit',
  server: new URL('./server.ts', import.meta.url),
  path: '/socket.io/?EIO=4&transport=websocket',
  wire: 'socket.io',
});
