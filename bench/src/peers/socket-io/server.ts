import { Server } from 'socket.io';
import { serve } from '../serve.ts';

const ROOM = 'task';
const io = new Server({ transports: ['websocket'] });
io.on('connection', (socket) => void socket.join(ROOM));

io.attach(
  serve({
    watch: (_request, response) => response.writeHead(404).end(),
    broadcast: (event) => io.to(ROOM).emit('progress', event),
  }),
);
