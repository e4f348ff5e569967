// People without a page: unmodified socket.io-clients.
import { io } from 'socket.io-client';
import { register } from '../../control/lib/server.mjs';

/** Registers this many people, a few at a time. */
export async function registerMany(server, names) {
  const people = [];
  for (let i = 0; i < names.length; i += 8) {
    people.push(...(await Promise.all(names.slice(i, i + 8).map((name) => register(server, name)))));
  }
  return people;
}

export async function connect(server, person) {
  const socket = io(server.url, { auth: { token: person.accessToken }, forceNew: true, transports: ['websocket'] });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

export async function ask(socket, event, data) {
  const answer = await socket.timeout(30_000).emitWithAck(event, data);
  if (!answer.ok) throw new Error(`${event} was refused: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** Value below which this part of the numbers lies. */
export function percentile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

export const summary = (numbers) =>
  `p50 ${percentile(numbers, 0.5).toFixed(0)} ms, p95 ${percentile(numbers, 0.95).toFixed(0)} ms, most ${Math.max(...numbers).toFixed(0)} ms`;
