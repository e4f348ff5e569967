// The servers that are measured, each with people in rooms: {url, pid, auth(i), rooms: [{id, members: [i]}], end()}.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { startServer } from '../../tests/control/lib/server.mjs';
import { inParallel } from './person.mjs';

const kHere = path.dirname(fileURLToPath(import.meta.url));

function placeInRooms(people, rooms) {
  const perRoom = Math.ceil(people / rooms);
  return Array.from({ length: rooms }, (_, r) => ({
    id: `room-${r}`,
    members: Array.from({ length: Math.min(perRoom, people - r * perRoom) }, (_, i) => r * perRoom + i),
  }));
}

export async function startPlain({ people, rooms, nodeArgs = [] }) {
  const child = spawn(process.execPath, [...nodeArgs, path.join(kHere, 'plain-server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const first = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(JSON.parse(data))));
  const placed = placeInRooms(people, rooms);
  const roomsOf = new Map(placed.flatMap((room) => room.members.map((i) => [i, [room.id]])));
  return {
    name: 'plain Socket.IO on Node',
    url: `http://127.0.0.1:${first.port}`,
    pid: child.pid,
    rooms: placed,
    auth: (i) => ({ rooms: roomsOf.get(i) ?? [] }),
    end: async () => {
      child.kill();
      await new Promise((resolve) => child.once('close', resolve));
    },
  };
}

export async function startParley({ people, rooms, database }) {
  const settings = {
    'auth.password_cost': 'minimal',
    'chat.max_members_per_room': people + 1,
    'http.max_connections': people + 1000,
    'sockets.max_connections': people + 1000,
    ...(database ? { 'database.url': database } : {}),
  };
  const server = await startServer({ settings });
  const accounts = new Array(people);
  await inParallel(people, 32, async (i) => {
    accounts[i] = await server
      .api()
      .post('/auth/register', { email: `p${i}@bench.example`, password: `password ${i}`, name: `Person ${i}` });
  });
  const placed = placeInRooms(people, rooms);
  await inParallel(rooms, 8, async (r) => {
    const room = placed[r];
    const owner = server.api(accounts[room.members[0]].accessToken);
    const others = room.members.slice(1).map((i) => accounts[i].user.id);
    const made = await owner.post('/rooms', { name: `Room ${r}`, type: 'group', visibility: 'private', memberIds: others.slice(0, 400) });
    room.id = made.id;
    await inParallel(Math.max(0, others.length - 400), 16, (i) =>
      owner.post(`/rooms/${made.id}/members`, { userId: others[400 + i], role: 'member' }));
  });
  return {
    name: `Parley (${database ? database.split(':')[0] : 'sqlite'})`,
    url: server.url,
    pid: server.program.pid,
    rooms: placed,
    auth: (i) => ({ token: accounts[i].accessToken }),
    end: () => server.end(),
  };
}
