// Checks that a folder of src/ includes only the folders it links in src/CMakeLists.txt (directly or through them), and
// that the sans-IO folders touch no clock, thread, lock or socket.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const cmake = readFileSync('src/CMakeLists.txt', 'utf8');
const direct = new Map();
for (const [, name, deps = ''] of cmake.matchAll(/parley_module\((\w+)(?: DEPS ([\w ]+?))?(?: LIBS [^)]*)?\)/g)) {
  direct.set(name, deps.split(' ').filter(Boolean));
}
direct.set('signal', ['http', 'room', 'shard', 'auth', 'hub', 'chat', 'calls', 'files', 'hooks']);
direct.set('app', [...direct.keys()]);

const reach = (name, seen = new Set()) => {
  for (const dep of direct.get(name) ?? []) {
    if (!seen.has(dep)) reach(dep, seen.add(dep));
  }
  return seen;
};

const sansIo = new Set(['base', 'rtp', 'codec', 'sdp', 'ice', 'dtls', 'srtp', 'sctp', 'cc', 'peer', 'forward', 'room', 'hub']);
const world = /::now\(|std::(mutex|thread|atomic|condition_variable)|[^\w.]socket\(|\bsleep(_for)?\(/;
// usrsctp is one global stack with threads of its own calling: sctp/ guards its outboxes (docs/data-channels.md).
// libsrtp and usrsctp want exactly one process-wide start.
const lockAllowed = /^src\/sctp\/|^src\/srtp\/initialise/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', 'src/*.h', 'src/*.cpp'], { encoding: 'utf8' })
  .split('\n').filter(Boolean);
const faults = [];
for (const file of files) {
  const folder = file.split('/')[1];
  if (!direct.has(folder)) faults.push(`${file}: folder ${folder} is not in src/CMakeLists.txt`);
  const allowed = reach(folder).add(folder);
  readFileSync(file, 'utf8').split('\n').forEach((line, i) => {
    const included = /^#include "(\w+)\//.exec(line)?.[1];
    if (included && direct.has(included) && !allowed.has(included)) {
      faults.push(`${file}:${i + 1}: ${folder}/ may not include ${included}/`);
    }
    if (sansIo.has(folder) && world.test(line.replace(/\/\/.*/, '')) && !lockAllowed.test(file)) {
      faults.push(`${file}:${i + 1}: ${folder}/ is sans-IO: ${line.trim()}`);
    }
  });
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`layering: ${files.length} files keep the table of src/CMakeLists.txt`);
