import { createHash } from 'node:crypto';

const WORKER = 'sw';
const PLACE = '__PARLEY_SHELL__';

/** Everything that the first page needs: its script, what that imports at once, and the styles. */
function shellOf(bundle) {
  const files = new Set();
  const add = (name) => {
    const chunk = bundle[name];
    if (!chunk || chunk.type !== 'chunk' || files.has(`/${name}`)) return;
    files.add(`/${name}`);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(`/${style}`);
    for (const other of chunk.imports) add(other);
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.name !== WORKER) add(name);
  }
  return [...files].sort();
}

/** Builds src/pwa/worker.ts as /sw.js and tells it what to keep. Another build is another version. */
export function serviceWorker() {
  return {
    name: 'parley-service-worker',
    apply: 'build',
    config: () => ({
      build: {
        rollupOptions: {
          input: { index: 'index.html', [WORKER]: 'src/pwa/worker.ts' },
          output: { entryFileNames: ({ name }) => (name === WORKER ? 'sw.js' : 'assets/[name]-[hash].js') },
        },
      },
    }),
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk' || worker.imports.length > 0) this.error('sw.js must be one script');
      const assets = shellOf(bundle);
      const version = createHash('sha256').update(Object.keys(bundle).sort().join('\n')).digest('hex').slice(0, 12);
      const files = ['/index.html', '/manifest.webmanifest', '/favicon.svg', ...assets];
      worker.code = worker.code.replace(PLACE, JSON.stringify({ version, files }));
    },
  };
}
