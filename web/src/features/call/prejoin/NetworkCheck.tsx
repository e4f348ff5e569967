import { Check, CircleAlert, Ellipsis, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { lastPath } from '../session/lastPath';
import { hasWebRtc, opensWebSocket, timeToServer, verdictOf, type NetworkFacts, type Verdict } from './network';

type Mood = 'open' | 'good' | 'warn' | 'bad';
type NetText = MessageKey & `net.${string}`;

interface Line {
  readonly mood: Mood;
  readonly text: string;
  readonly more?: string;
  readonly why?: string;
}

const unknown = (): NetworkFacts => ({ serverMs: null, events: null, webrtc: hasWebRtc(), path: lastPath() });

/** Asks once, and again when told to. Joining never waits for it. */
function useNetwork(eventsPath: string, round: number): NetworkFacts {
  const [facts, setFacts] = useState(unknown);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const learn = (part: Partial<NetworkFacts>) => {
      if (!signal.aborted) setFacts((old) => ({ ...old, ...part }));
    };
    learn(unknown());
    void timeToServer(signal).then((serverMs) => learn({ serverMs }));
    void opensWebSocket(eventsPath, signal).then((events) => learn({ events }));
    return () => controller.abort();
  }, [eventsPath, round]);
  return facts;
}

const chips: Readonly<Record<Verdict, string>> = {
  checking: 'chip',
  good: 'chip chip-ok',
  slow: 'chip chip-signal',
  detour: 'chip chip-signal',
  blocked: 'chip chip-danger',
};

function LineRow({ line: { mood, text, more, why } }: { line: Line }) {
  const Icon = mood === 'good' ? Check : mood === 'warn' ? TriangleAlert : mood === 'bad' ? CircleAlert : Ellipsis;
  const look = { good: 'text-ok', warn: 'text-signal-text', bad: 'text-danger', open: 'text-text-3' }[mood];
  return (
    <li className="flex gap-2.5 text-13">
      <Icon size={16} aria-hidden="true" className={`mt-px flex-none ${look}`} />
      <span className="min-w-0">
        <span className="font-medium">{text}</span>
        {more && <span className="text-text-2"> · {more}</span>}
        {why && <span className="block text-text-2">{why}</span>}
      </span>
    </li>
  );
}

function useLines({ serverMs, events, webrtc, path }: NetworkFacts): readonly Line[] {
  const { t, phrase } = useI18n();
  const word = (key: NetText) => phrase({ key });
  const yesNo = (is: boolean | null, yes: NetText, no: NetText, why: NetText): Line => {
    if (is === null) return { mood: 'open', text: t('net.checking') };
    return is ? { mood: 'good', text: word(yes) } : { mood: 'bad', text: word(no), why: word(why) };
  };
  const server: Line =
    serverMs === null
      ? { mood: 'open', text: t('net.checking') }
      : serverMs === 'away'
        ? { mood: 'bad', text: t('net.serverNot'), why: t('net.serverNotWhy') }
        : { mood: 'good', text: t('net.server'), more: t('net.away', { n: serverMs }) };
  const udp: Line = {
    udp: { mood: 'good', text: t('net.udp'), more: t('net.udpLast') } as const,
    tcp: { mood: 'warn', text: t('net.udpNot'), why: t('net.udpNotWhy') } as const,
    unknown: { mood: 'open', text: t('net.udpLater') } as const,
  }[path ?? 'unknown'];
  return [
    server,
    yesNo(events, 'net.events', 'net.eventsNot', 'net.eventsNotWhy'),
    ...(webrtc ? [] : [yesNo(false, 'net.webrtc', 'net.webrtcNot', 'net.webrtcNotWhy')]),
    udp,
  ];
}

/** What stands between here and a call, by name. */
export function NetworkCheck({ eventsPath }: { eventsPath: string }) {
  const { t } = useI18n();
  const [round, setRound] = useState(0);
  const facts = useNetwork(eventsPath, round);
  const lines = useLines(facts);
  const verdict = verdictOf(facts);
  return (
    <section aria-label={t('net.title')}>
      <h2 className="mb-2 flex items-center gap-2 text-13 font-semibold">
        {t('net.title')}
        <span role="status" className={chips[verdict]}>
          {t(`net.${verdict}`)}
        </span>
      </h2>
      <ul role="list" className="flex flex-col gap-1.5">
        {lines.map((line, index) => (
          <LineRow key={`${String(index)} ${line.text}`} line={line} />
        ))}
      </ul>
      {verdict === 'blocked' && (
        <button type="button" className="mt-2 text-13 font-semibold text-accent hover:underline pointer-coarse:min-h-11" onClick={() => setRound(round + 1)}>
          {t('net.again')}
        </button>
      )}
    </section>
  );
}
