// People in rooms who write at a steady rate: how long a message takes to the others' sockets, and what it costs the
// server. One server, or two one after the other in one run and their ratio.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { Person, inParallel } from './person.mjs';
import { cpuSeconds, percentile, residentMib } from './process.mjs';
import { startParley, startPlain } from './servers.mjs';

const kHelp = `Usage: node bench/chat/run.mjs [options]

  --people N      connected people (500)
  --rooms N       rooms that they are spread over (50)
  --rate N        messages sent each second, over all rooms (200)
  --seconds N     of measuring, after two of warming up (15)
  --size N        bytes of a message (200)
  --idle          nobody writes: memory alone
  --database URL  for Parley; without it SQLite
  --compare       measure a plain Socket.IO server on Node too, and print the ratio
  --plain-only    measure the plain server alone
`;

const { values: o } = parseArgs({
  options: {
    people: { type: 'string', default: '500' },
    rooms: { type: 'string', default: '50' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '15' },
    size: { type: 'string', default: '200' },
    idle: { type: 'boolean', default: false },
    database: { type: 'string' },
    compare: { type: 'boolean', default: false },
    'plain-only': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (o.help) {
  console.log(kHelp);
  process.exit(0);
}
const people = Number(o.people);
const rooms = Number(o.rooms);

function ownCpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function connectAll(server, onDelivered) {
  const all = new Array(people);
  await inParallel(people, 64, async (i) => {
    all[i] = new Person(server.url, server.auth(i), onDelivered);
    await all[i].ready;
  });
  return all;
}

/** Sends at the rate for so long; resolves when every send is acknowledged. */
async function write(all, server, seconds) {
  const padding = 'x'.repeat(Math.max(0, Number(o.size) - 15));
  const interval = 1000 / Number(o.rate);
  const begin = performance.now();
  const pending = [];
  let sent = 0;
  while (performance.now() - begin < seconds * 1000) {
    while (sent * interval <= performance.now() - begin) {
      const room = server.rooms[sent % server.rooms.length];
      const sender = room.members[Math.floor(sent / server.rooms.length) % room.members.length];
      pending.push(all[sender].send(room.id, `c-${Math.round(begin)}-${sent}`, padding));
      ++sent;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const answers = await Promise.all(pending);
  const refused = answers.filter((answer) => !answer.startsWith('[{"ok":true'));
  if (refused.length > 0) throw new Error(`${refused.length} sends were refused: ${refused[0]}`);
  return sent;
}

async function measure(server) {
  const latencies = [];
  // What was sent while warming up is not counted, however late it comes.
  let from = Infinity;
  const all = await connectAll(server, (sentAt) => {
    if (sentAt >= from) latencies.push(performance.now() - sentAt);
  });
  const result = { server: server.name, people, rooms };
  if (o.idle) {
    await new Promise((resolve) => setTimeout(resolve, 3000));
  } else {
    await write(all, server, 2);
    const cpu = cpuSeconds(server.pid);
    const own = ownCpu();
    const begin = performance.now();
    from = begin;
    const sent = await write(all, server, Number(o.seconds));
    const expected = server.rooms.reduce((n, room) => n + room.members.length, 0) / rooms * sent;
    const end = performance.now() + 5000;
    while (latencies.length < Math.round(expected) && performance.now() < end) await new Promise((r) => setTimeout(r, 5));
    const elapsed = (performance.now() - begin) / 1000;
    const used = cpuSeconds(server.pid) - cpu;
    latencies.sort((a, b) => a - b);
    Object.assign(result, {
      sent,
      delivered: latencies.length,
      missing: Math.round(expected) - latencies.length,
      'p50 ms': percentile(latencies, 50).toFixed(2),
      'p99 ms': percentile(latencies, 99).toFixed(2),
      'max ms': percentile(latencies, 100).toFixed(2),
      'server CPU s': used.toFixed(2),
      'delivered per CPU s': Math.round(latencies.length / used),
      'generator busy': `${Math.round(((ownCpu() - own) / elapsed) * 100)} %`,
    });
  }
  result['RSS MiB'] = residentMib(server.pid).toFixed(1);
  const lost = all.filter((person) => person.closed).length;
  if (lost > 0) result['connections lost'] = lost;
  for (const person of all) person.close();
  return result;
}

async function run(start) {
  const server = await start({ people, rooms, database: o.database });
  try {
    return await measure(server);
  } finally {
    await server.end();
  }
}

const results = [];
if (o.compare || o['plain-only']) results.push(await run(startPlain));
if (!o['plain-only']) results.push(await run(startParley));
for (const result of results) console.log(JSON.stringify(result, null, 2));
if (results.length === 2 && !o.idle) {
  const [plain, ours] = results.map((r) => r['delivered per CPU s']);
  console.log(`ratio of messages delivered per CPU second: ${(ours / plain).toFixed(2)}`);
}
console.log(`load average: ${readFileSync('/proc/loadavg', 'latin1').trim()}`);
