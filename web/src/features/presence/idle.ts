import type { Link } from '@/shared/api/socket';

/** Nobody touched this device for so long: nobody is at it. */
export const AWAY_MS = 10 * 60_000;

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'focus'] as const;

/** Says to the server when this device alone is left and when somebody is back; what a person chose stays above it. */
export function watchIdle(link: Link): () => void {
  let last = Date.now();
  let away = false;
  let timer = setTimeout(look, AWAY_MS);

  const tell = () => link.tell('set-presence', { status: away ? 'away' : 'online', device: true });

  function look() {
    const left = last + AWAY_MS - Date.now();
    away = left <= 0;
    if (away) tell();
    else timer = setTimeout(look, left);
  }
  function sign() {
    last = Date.now();
    if (!away) return;
    away = false;
    timer = setTimeout(look, AWAY_MS);
    tell();
  }
  // A line that is new knows nothing of the old one's absence.
  const offState = link.onState((state) => {
    if (state === 'online' && away) tell();
  });
  // Also what a dialog or the stage keeps for itself is a sign.
  for (const name of signs) window.addEventListener(name, sign, { capture: true, passive: true });
  return () => {
    clearTimeout(timer);
    offState();
    for (const name of signs) window.removeEventListener(name, sign, { capture: true });
  };
}
