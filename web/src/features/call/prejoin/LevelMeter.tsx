import { Mic, MicOff, Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { playTestSound } from '../devices/testSound';
import { createEchoEar } from './echo';
import { decibels, litSegments, nextHearing, type Hearing } from './level';

const SEGMENTS = 40;
const TICK_MS = 50;

/** Lights the strip twenty times a second without rendering; tells only when what we hear changes in kind. */
function useLevel(track: MediaStreamTrack | null, onHearing: (hearing: Hearing) => void) {
  const strip = useRef<HTMLDivElement>(null);
  const ear = useRef<ReturnType<typeof createEchoEar>>(null);
  useEffect(() => {
    const element = strip.current;
    if (!track || !element || typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    analyser.smoothingTimeConstant = 0.3;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    let state = { hearing: 'listening' as Hearing, quietSince: performance.now() };
    onHearing('listening');

    const timer = setInterval(() => {
      if (context.state === 'suspended') void context.resume();
      analyser.getFloatTimeDomainData(samples);
      const db = decibels(samples);
      if (ear.current) {
        analyser.getFloatFrequencyData(spectrum);
        ear.current.listen(spectrum, context.sampleRate);
      }
      const lit = litSegments(db, SEGMENTS);
      element.setAttribute('aria-valuenow', String(Math.round((lit / SEGMENTS) * 100)));
      for (const [index, segment] of [...element.children].entries()) {
        segment.setAttribute('data-lit', String(index < lit));
      }
      // A context that does not run hears nothing at all: that says nothing about the microphone.
      if (context.state !== 'running') state = { ...state, quietSince: performance.now() };
      const next = nextHearing(state, db, performance.now());
      if (next.hearing !== state.hearing) onHearing(next.hearing);
      state = next;
    }, TICK_MS);

    return () => {
      clearInterval(timer);
      for (const segment of element.children) segment.setAttribute('data-lit', 'false');
      element.setAttribute('aria-valuenow', '0');
      void context.close();
    };
  }, [track, onHearing]);
  /** Whether the microphone hears the notes that are played until `played`. */
  const hearsThem = async (played: Promise<void>) => {
    const listening = createEchoEar();
    ear.current = listening;
    await played.catch(() => undefined);
    ear.current = null;
    return listening.echo();
  };
  return { strip, hearsThem };
}

interface Props {
  track: MediaStreamTrack | null;
  speakerId: string;
  onHearing: (hearing: Hearing) => void;
  hearing: Hearing;
  /** Told after each test of the speaker: whether the microphone heard it. */
  onEcho: (echo: boolean) => void;
}

export function LevelMeter({ track, speakerId, hearing, onHearing, onEcho }: Props) {
  const { t } = useI18n();
  const { strip, hearsThem } = useLevel(track, onHearing);
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    onEcho(await hearsThem(playTestSound(speakerId)));
    setTesting(false);
  };
  const Icon = track ? Mic : MicOff;
  const word = track ? t(hearing === 'hear' ? 'preview.hear' : 'preview.listening') : t('preview.micOff');

  return (
    <div className="on-stage mt-3 grid min-h-14 grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-2 rounded-[14px] bg-stage py-2 ps-4.5 pe-2 text-stage-text inset-ring inset-ring-line max-sm:grid-cols-[1fr_auto]">
      <span className="flex items-center gap-2 text-13 font-semibold">
        <Icon size={17} aria-hidden="true" className="flex-none" />
        {word}
      </span>
      <div
        ref={strip}
        className="meter max-sm:order-last max-sm:col-span-2 max-sm:me-2.5"
        role="meter"
        aria-label={t('preview.meter')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
      >
        {Array.from({ length: SEGMENTS }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <button
        type="button"
        disabled={testing}
        onClick={() => void test()}
        className="flex min-h-10 items-center gap-2 rounded-lg bg-stage-raised px-3 text-13 font-semibold hover:bg-stage-hover disabled:opacity-60 pointer-coarse:min-h-11"
      >
        <Volume2 size={17} aria-hidden="true" className="flex-none" />
        {t('preview.testSpeaker')}
      </button>
    </div>
  );
}
