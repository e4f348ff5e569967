import { firstName } from '@/shared/lib/firstName';
import type { Phrase } from '@/shared/i18n';
import type { Measured } from '../stats/measure';
import type { NoticeAct, Person } from './types';

export interface LineWord {
  readonly kind: 'upload' | 'cpu' | 'download' | 'losing' | 'theirs';
  readonly text: Phrase;
  readonly action?: NoticeAct;
}

const LOSS_PERCENT = 5;

/** What limits the call now, in words, with what one can do about it; null while nothing does. */
export function wordOf(people: readonly Person[], measured: readonly Measured[]): LineWord | null {
  const me = people.find((person) => person.me);
  const others = people.filter((person) => !person.me);
  const mine = measured.filter((track) => track.me && track.kind !== 'sound');
  const theirs = measured.filter((track) => !track.me);
  const received = theirs.reduce((sum, { bitsPerSecond }) => sum + (bitsPerSecond ?? 0), 0);
  const losses = theirs.map(({ lossPercent }) => lossPercent).filter((loss) => loss !== null);
  const loss = losses.length > 0 ? losses.reduce((sum, one) => sum + one, 0) / losses.length : 0;

  if (mine.some(({ limitedBy }) => limitedBy === 'cpu')) return { kind: 'cpu', text: { key: 'line.cpu' } };
  if (mine.some(({ limitedBy, lossPercent }) => limitedBy === 'bandwidth' && (me?.weak === true || (lossPercent ?? 0) > LOSS_PERCENT))) {
    return { kind: 'upload', text: { key: 'line.upload' }, action: 'stopVideo' };
  }
  if (others.some(({ cameraPaused }) => cameraPaused)) {
    const rate = (received / 1e6).toFixed(1);
    return { kind: 'download', text: { key: 'line.download', parameters: { rate } }, action: 'soundOnly' };
  }
  if (loss > LOSS_PERCENT) return { kind: 'losing', text: { key: 'line.losing', parameters: { percent: Math.round(loss) } } };
  const weak = others.find((person) => person.weak);
  return weak && !me?.weak ? { kind: 'theirs', text: { key: 'line.theirs', parameters: { name: firstName(weak.name) } } } : null;
}

/** So often in a row it must be so before it is said: a moment of trouble heals before it is read. */
export const PATIENCE = 3;

/** Says what lasts, and takes it back when it is over. */
export function createLineWatch(say: (word: LineWord) => void, unsay: () => void) {
  let kind: LineWord['kind'] | null = null;
  let times = 0;
  let said = false;
  return (word: LineWord | null): void => {
    const now = word?.kind ?? null;
    times = now === kind ? times + 1 : 1;
    kind = now;
    if (times < PATIENCE) return;
    if (word && (!said || times === PATIENCE)) {
      say(word);
      said = true;
    } else if (!word && said) {
      unsay();
      said = false;
    }
  };
}
