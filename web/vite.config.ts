import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './tools/serviceWorker.mjs';

// `npm run dev` serves the page itself and hands everything else to a server started beside it.
const server = process.env.PARLEY_SERVER ?? 'http://127.0.0.1:7880';

export default defineConfig({
  plugins: [react(), tailwindcss(), serviceWorker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: {
      '/api': server,
      '/metrics': server,
      '/socket.io': { target: server, ws: true },
      '/rtc': { target: server, ws: true },
      '/ws': { target: server, ws: true },
    },
  },
  // Media comes in its own chunk of some 500 KB before compression; the first page does without it.
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  test: {
    // Arithmetic needs no page: files that do say so in their first line.
    environment: 'node',
    // Keys that are still being made when a file ends crash a thread of Node, not a process.
    pool: 'forks',
    maxWorkers: 2,
    minWorkers: 1,
    setupFiles: ['src/test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
