import { Copy, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShownKeys } from '@/features/palette/useKeys';
import { useFocusAfter } from '@/shared/lib/useFocusBack';
import { useI18n, type MessageKey, type Translate } from '@/shared/i18n';
import { useSession } from '../session/CallContext';
import { createMeter, type Measured } from './measure';

const EVERY_MS = 1000;

type Label = MessageKey & `stats.${string}`;

function rate(bits: number, t: Translate): string {
  return bits >= 1e6 ? t('stats.mbit', { rate: (bits / 1e6).toFixed(2) }) : t('stats.kbit', { rate: Math.round(bits / 1e3) });
}

/** The rows of one track: what is known of it, in the order of the eye. */
export function rowsOf(track: Measured, t: Translate): readonly (readonly [Label, string])[] {
  const nothing = t('stats.nothing');
  const { height, fullHeight, bitsPerSecond, framesPerSecond, codec, roundTripMs, lossPercent, jitterMs, freezes, limitedBy } = track;
  const show = <T,>(value: T | null, text: (value: T) => string) => (value === null ? nothing : text(value));
  const layer = (now: number) =>
    fullHeight > now ? t('stats.layerOf', { height: String(now), full: String(fullHeight) }) : t('stats.layerOnly', { height: String(now) });
  const sound = track.kind === 'sound';
  return [
    ...(sound ? [] : ([['stats.layer', show(height, layer)]] as const)),
    ['stats.roundTrip', show(roundTripMs, (n) => t('stats.ms', { n }))],
    [track.me ? 'stats.sending' : 'stats.receiving', show(bitsPerSecond, (bits) => rate(bits, t))],
    ['stats.lost', show(lossPercent, (n) => t('stats.percent', { n }))],
    ...(sound ? [] : ([['stats.frames', show(framesPerSecond, (n) => t('stats.framesValue', { n }))]] as const)),
    ['stats.jitter', show(jitterMs, (n) => t('stats.ms', { n }))],
    ['stats.codec', codec ?? nothing],
    ...(sound || track.me ? [] : ([['stats.frozen', show(freezes, (n) => t('stats.times', { n }))]] as const)),
    ...(track.me && !sound ? ([['stats.limited', limitedBy ? t(`stats.${limitedBy}`) : nothing]] as const) : []),
  ];
}

/** Measures while it is open, once a second. */
function useMeasured(): readonly Measured[] {
  const session = useSession();
  const [tracks, setTracks] = useState<readonly Measured[]>([]);
  useEffect(() => {
    const meter = createMeter();
    let current = true;
    const look = async () => {
      const raw = await session.tracks();
      if (current) setTracks(meter(raw, performance.now()));
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [session]);
  return tracks;
}

function TrackCard({ track }: { track: Measured }) {
  const { t, phrase } = useI18n();
  return (
    <section className="border-t border-stage-line px-4 py-3">
      <h3 className="mb-1.5 truncate text-13 font-semibold">
        {track.kind === 'screen' ? t('stats.screen', { name: track.name }) : <bdi>{track.me ? t('call.you') : track.name}</bdi>}
        {track.kind === 'sound' && <span className="ms-1.5 font-normal text-stage-text-2">{t('device.microphone')}</span>}
      </h3>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-0.5 text-12">
        {rowsOf(track, t).map(([label, value]) => (
          <div key={label} className="flex min-w-0 justify-between gap-2">
            <dt className="truncate text-stage-text-2">{phrase({ key: label })}</dt>
            <dd className="flex-none font-mono tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What comes and goes, track by track, as the browser counts it. The call goes on beneath. */
export function StatsOverlay() {
  const { t } = useI18n();
  const shownKeys = useShownKeys();
  const session = useSession();
  const tracks = useMeasured();
  const [copied, setCopied] = useState(false);
  const close = () => session.view.dispatch({ type: 'toggle', what: 'stats' });
  const box = useRef<HTMLDivElement>(null);
  useFocusAfter();
  useEffect(() => box.current?.focus(), []);
  const key = 'grid size-8 place-items-center rounded-lg text-stage-text-2 hover:bg-stage-raised hover:text-stage-text pointer-coarse:size-11';
  const copy = () => {
    const { clipboard } = navigator as { clipboard?: Clipboard };
    void clipboard?.writeText(JSON.stringify({ at: new Date().toISOString(), tracks }, null, 2)).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    // Esc anywhere in it closes it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="dialog"
      aria-label={t('stats.title')}
      ref={box}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
      className="appear absolute start-4 top-2 z-20 flex max-h-[calc(100%-1rem)] w-96 max-w-[calc(100%-2rem)] flex-col rounded-xl bg-[rgb(12_20_22/94%)] shadow-3 ring ring-stage-line"
    >
      <header className="flex flex-none items-center gap-1 py-1.5 ps-4 pe-1.5">
        <h2 className="min-w-0 flex-1 text-14 font-semibold">{t('stats.title')}</h2>
        <span role="status" className="text-12 text-stage-text-2">
          {copied && t('stats.copied')}
        </span>
        <button type="button" aria-label={t('stats.copy')} title={t('stats.copy')} className={key} onClick={copy}>
          <Copy size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          aria-label={t('stats.close')}
          title={shownKeys('statistics')}
          className={key}
          onClick={close}
        >
          <X size={17} aria-hidden="true" />
        </button>
      </header>
      {/* It scrolls, so the keyboard must be able to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div tabIndex={0} role="group" aria-label={t('stats.title')} className="min-h-0 overflow-y-auto">
        {tracks.length === 0 && <p className="border-t border-stage-line px-4 py-3 text-center text-stage-text-2">–</p>}
        {tracks.map((track) => (
          <TrackCard key={`${track.identity} ${track.kind}`} track={track} />
        ))}
      </div>
    </div>
  );
}
