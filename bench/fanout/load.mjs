// node load.mjs PORT PID CLIENTS RATE SECONDS: events at a rate to so many listeners, and what a delivery costs the
// server (its process PID) in CPU time.
import { readFileSync } from 'node:fs';
import net from 'node:net';

const [port, pid, clients, rate, seconds] = process.argv.slice(2).map(Number);
const kTicks = 100;

function usage() {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / kTicks;
}
const memory = () => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;

// A masked text frame; bare sockets, so that this process costs less than the servers it measures.
function frame(text) {
  const body = Buffer.from(text);
  const head = body.length < 126 ? [0x81, 0x80 | body.length] : [0x81, 0xfe, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body]);
}

let frames = 0;
const delays = [];
const kMark = Buffer.from('"t":');
function listen(i) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.on('error', reject);
    let state = 0;
    let seen = '';
    socket.on('data', (bytes) => {
      if (state < 2) {
        seen += bytes.toString('latin1');
        if (state === 0 && seen.includes('0{"sid"')) {
          state = 1;
          socket.write(frame('40'));
        }
        if (seen.includes('40{"sid"')) {
          state = 2;
          seen = '';
          resolve(socket);
        }
        return;
      }
      // Every event of the load holds the mark once.
      for (let at = bytes.indexOf(kMark); at >= 0; at = bytes.indexOf(kMark, at + 1)) {
        ++frames;
        if (i % 10 === 0) delays.push(performance.now() - parseFloat(bytes.toString('latin1', at + 4, at + 24)));
      }
      if (bytes.length === 3 && bytes[2] === 0x32) socket.write(frame('3'));
    });
    socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
  });
}

const before = memory();
const sockets = [];
for (let i = 0; i < clients; i += 50) {
  sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, clients - i) }, (_, n) => listen(i + n)))));
}
await new Promise((resolve) => setTimeout(resolve, 500));
console.log(`${clients} idle: ${memory().toFixed(1)} MB (before ${before.toFixed(1)})`);
if (rate > 0) {
  const text = 'x'.repeat(200);
  const cpu = usage();
  const start = performance.now();
  let sent = 0;
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = ((performance.now() - start) / 1000) * rate;
      for (; sent < due && sent < rate * seconds; ++sent) {
        sockets[sent % clients].write(frame(`42["broadcast",{"t":${performance.now()},"text":"${text}"}]`));
      }
      if (sent >= rate * seconds) {
        clearInterval(timer);
        resolve();
      }
    }, 5);
  });
  const end = Date.now() + 20_000;
  while (frames < sent * clients && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  const used = usage() - cpu;
  delays.sort((a, b) => a - b);
  console.log(
    `${frames} of ${sent * clients} delivered, ${used.toFixed(2)} s CPU: ${Math.round(frames / used)} per CPU second, ` +
      `p50 ${delays[delays.length >> 1].toFixed(1)} ms, p99 ${delays[Math.floor(delays.length * 0.99)].toFixed(1)} ms`,
  );
}
process.exit(0);
