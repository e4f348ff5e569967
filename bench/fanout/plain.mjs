// A plain Socket.IO server that does what server.cpp does: node plain.mjs PORT
import { Server } from 'socket.io';

const io = new Server(Number(process.argv[2]), { serveClient: false });
io.on('connection', (socket) => socket.on('broadcast', (data) => io.emit('new-message', data)));
console.log('listening');
