// Makes the icons of the installed page out of the mark. Needs libvips' program: `apt install libvips-tools`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../public/', import.meta.url));
const mark =
  '<rect x="3" y="2" width="5" height="28" rx="2.5" fill="#00687A"/><path d="M10 3h8.5v17H10z" fill="#FFBE26"/>' +
  '<path d="M18.5 3h2.25a8.5 8.5 0 0 1 0 17H18.5z" fill="#00687A"/>';

/** The mark on a sheet. `share`: how much of the edge it takes; a mask may cut a fifth from every side. */
function icon(share, radius) {
  const size = 32 / share;
  const shift = (size - 32) / 2;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="512" height="512">` +
    `<rect width="${size}" height="${size}" rx="${size * radius}" fill="#FFFFFF"/><g transform="translate(${shift} ${shift})">${mark}</g></svg>`
  );
}

const icons = [
  ['icon-192.png', icon(0.7, 0.22), 192],
  ['icon-512.png', icon(0.7, 0.22), 512],
  ['icon-maskable-512.png', icon(0.5, 0), 512],
  ['apple-touch-icon.png', icon(0.66, 0), 180],
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-icons-'));
try {
  for (const [name, svg, size] of icons) {
    const source = path.join(folder, `${name}.svg`);
    writeFileSync(source, svg);
    execFileSync('vips', ['thumbnail', source, `${path.join(out, name)}[compression=9,strip]`, String(size)]);
  }
} finally {
  rmSync(folder, { recursive: true });
}
