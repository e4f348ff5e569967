import type { Phrase } from '@/shared/i18n';
import { firstName } from '@/shared/lib/firstName';
import type { CallStore } from './types';

type Kind = 'microphone' | 'camera';

/** The line of the call and the word of whoever did it come on different ways, so in any order. */
const TOGETHER_MS = 10_000;

const phrases: Readonly<Record<Kind, (name: string | undefined) => Phrase>> = {
  microphone: (name) => (name === undefined ? { key: 'muted.byHost' } : { key: 'muted.byName', parameters: { name: firstName(name) } }),
  camera: (name) => (name === undefined ? { key: 'muted.cameraByHost' } : { key: 'muted.cameraByName', parameters: { name: firstName(name) } }),
};

/** Says that somebody who may has silenced me, and who it was once they have said so. */
export function createHostMutes(store: CallStore, now: () => number = Date.now) {
  const named = new Map<Kind, { readonly name: string; readonly at: number }>();
  const isShown = (kind: Kind) =>
    store.getState().notices.some(({ id, text }) => id === kind && text.key === phrases[kind](undefined).key);

  function happened(kind: Kind) {
    const who = named.get(kind);
    const name = who && now() - who.at < TOGETHER_MS ? who.name : undefined;
    const action = kind === 'microphone' ? 'unmute' : undefined;
    store.dispatch({ type: 'notice', notice: { id: kind, tone: 'warn', text: phrases[kind](name), action } });
  }

  return {
    happened,
    by: (kind: Kind, name: string) => {
      named.set(kind, { name, at: now() });
      if (isShown(kind)) happened(kind);
    },
  };
}
