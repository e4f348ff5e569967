// The yardstick: a Socket.IO server that sends each message to its room and keeps nothing.
// Prints {"port": …} once it listens.
import { createServer } from 'node:http';

import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
io.on('connection', (socket) => {
  for (const room of socket.handshake.auth.rooms ?? []) socket.join(room);
  socket.on('send-message', (message, answer) => {
    io.to(message.roomId).emit('new-message', message);
    answer({ ok: true, data: { message } });
  });
});
http.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: http.address().port })));
