import { Check, CircleAlert, Ellipsis, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { useI18n, type MessageKey } from '@/shared/i18n';
import {
  ENOUGH_KBPS,
  hasWebRtc,
  LITTLE_KBPS,
  opensWebSocket,
  passageOf,
  timeToServer,
  uploadSpeed,
  verdictOf,
  type NetworkFacts,
  type Verdict,
} from './network';

type Mood = 'open' | 'good' | 'warn' | 'bad';
type NetText = MessageKey & `net.${string}`;

interface Line {
  readonly mood: Mood;
  readonly text: string;
  readonly more?: string;
  readonly why?: string;
}

const unknown = (): NetworkFacts => ({ serverMs: null, events: null, webrtc: hasWebRtc(), udp: null, tcp: null, uploadKbps: null });

/** Asks once, and again when told to. Joining never waits for it. */
function useNetwork(eventsPath: string, round: number): NetworkFacts {
  const { api } = useClient();
  const [facts, setFacts] = useState(unknown);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const learn = (part: Partial<NetworkFacts>) => {
      if (!signal.aborted) setFacts((old) => ({ ...old, ...part }));
    };
    learn(unknown());
    void timeToServer(signal)
      .then((serverMs) => {
        learn({ serverMs });
        return serverMs === 'away' ? 'unknown' : uploadSpeed(api, signal);
      })
      .then((uploadKbps) => learn({ uploadKbps }));
    void opensWebSocket(eventsPath, signal).then((events) => learn({ events }));
    void passageOf('udp', api, signal).then((udp) => learn({ udp }));
    void passageOf('tcp', api, signal).then((tcp) => learn({ tcp }));
    return () => controller.abort();
  }, [api, eventsPath, round]);
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

type T = ReturnType<typeof useI18n>['t'];

/** The two ways that sound and picture may take, and what it means when one is closed. */
function pathLines(t: T, { udp, tcp }: NetworkFacts): readonly Line[] {
  const open: Line = { mood: 'open', text: t('net.checking') };
  if (udp === 'blocked' && tcp === 'blocked') return [{ mood: 'bad', text: t('net.mediaNot'), why: t('net.mediaNotWhy') }];
  const udpLine: Line = {
    through: { mood: 'good', text: t('net.udp') } as const,
    blocked: { mood: 'warn', text: t('net.udpNot'), why: tcp === 'through' ? t('net.udpNotWhy') : undefined } as const,
    unknown: { mood: 'open', text: t('net.udpLater') } as const,
  }[udp ?? 'unknown'];
  const tcpLine: Line = {
    through: { mood: 'good', text: t('net.tcp') } as const,
    blocked: { mood: 'open', text: t('net.tcpNot'), why: udp === 'through' ? t('net.tcpNotWhy') : undefined } as const,
    unknown: null,
  }[tcp ?? 'unknown'] ?? open;
  return [udp === null ? open : udpLine, ...(tcp === 'unknown' ? [] : [tcpLine])];
}

function uploadLine(t: T, kbps: number): Line {
  const text = t('net.upload', { rate: (kbps / 1000).toFixed(kbps < 10_000 ? 1 : 0) });
  if (kbps >= ENOUGH_KBPS) return { mood: 'good', text, more: t('net.uploadGood') };
  return { mood: 'warn', text, why: t(kbps >= LITTLE_KBPS ? 'net.uploadSome' : 'net.uploadLittle') };
}

function useLines(facts: NetworkFacts): readonly Line[] {
  const { t, phrase } = useI18n();
  const { serverMs, events, webrtc, uploadKbps } = facts;
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
  return [
    server,
    yesNo(events, 'net.events', 'net.eventsNot', 'net.eventsNotWhy'),
    ...(webrtc ? pathLines(t, facts) : [yesNo(false, 'net.webrtc', 'net.webrtcNot', 'net.webrtcNotWhy')]),
    ...(typeof uploadKbps === 'number' ? [uploadLine(t, uploadKbps)] : []),
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
      {(verdict === 'blocked' || verdict === 'detour') && (
        <button type="button" className="mt-2 text-13 font-semibold text-accent hover:underline pointer-coarse:min-h-11" onClick={() => setRound(round + 1)}>
          {t('net.again')}
        </button>
      )}
    </section>
  );
}
