import { Check, Copy, KeyRound, Link2, MonitorSmartphone, RefreshCw, ShieldCheck } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { showError, showToast } from '@/features/notices/actions';
import type { Device } from './devices';
import { digitsOf, wordsOf } from './words';

interface Part {
  room: Room;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line-soft px-6 py-4">
      <h3 className="text-13 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function SafetyWords({ room }: Part) {
  const { t } = useI18n();
  const client = useClient();
  const keyId = useStore(client.e2ee.store, (state) => state.rooms[room.id]?.keyId);
  const [bits, setBits] = useState<Uint8Array | null>(null);
  useEffect(() => {
    let here = true;
    void client.e2ee.safety(room.id).then((found) => here && setBits(found));
    return () => {
      here = false;
    };
  }, [client, room.id, keyId]);
  return (
    <Section title={t('e2ee.words')}>
      <ol dir="ltr" lang="en" className="grid grid-cols-4 gap-2 max-sm:grid-cols-2">
        {bits &&
          wordsOf(bits).map((word, index) => (
            <li key={index} className="rounded-lg bg-sunken px-2 py-1.5 text-center text-15 font-semibold">
              {word}
            </li>
          ))}
      </ol>
      <p className="text-12 text-text-3">
        {t('e2ee.digits')}: <bdi dir="ltr" className="tabular-nums">{bits ? digitsOf(bits).join(' ') : ''}</bdi>
      </p>
      <p className="text-12 text-text-2">{t('e2ee.wordsWhy')}</p>
    </Section>
  );
}

function CopyButton({ label, icon: Icon, text }: { label: string; icon: typeof Link2; text: () => Promise<string> }) {
  const { t } = useI18n();
  const client = useClient();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(await text());
    setCopied(true);
  };
  return (
    <Button size="m" onClick={() => void copy().catch((error: unknown) => showError(client, error))}>
      {copied ? <Check size={15} aria-hidden="true" /> : <Icon size={15} aria-hidden="true" />}
      <span aria-live="polite">{copied ? t('e2ee.copied') : label}</span>
    </Button>
  );
}

function Share({ room }: Part) {
  const { t } = useI18n();
  const { e2ee } = useClient();
  return (
    <Section title={t('e2ee.share')}>
      <div className="flex flex-wrap gap-2">
        <CopyButton label={t('e2ee.copyLink')} icon={Link2} text={async () => window.location.origin + roomPath(room.id) + (await e2ee.fragment(room.id))} />
        <CopyButton label={t('e2ee.copySecret')} icon={Copy} text={async () => (await e2ee.secret(room.id)) ?? ''} />
      </div>
      <p className="text-12 text-text-2">{t('e2ee.shareWhy')}</p>
    </Section>
  );
}

const noDevices: readonly Device[] = [];

function Devices({ room }: Part) {
  const { t } = useI18n();
  const client = useClient();
  const devices = useStore(client.e2ee.store, (state) => state.rooms[room.id]?.devices ?? noDevices);
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const [renewing, setRenewing] = useState(false);
  const renew = () => {
    setRenewing(true);
    client.e2ee.keeper
      .renew(room.id)
      .then(() => showToast(client, { text: { key: 'e2ee.renewed' } }), (error: unknown) => showError(client, error))
      .finally(() => setRenewing(false));
  };
  return (
    <Section title={t('e2ee.devices', { n: devices.length })}>
      <ul role="list" className="flex max-h-40 flex-col gap-1.5 overflow-y-auto">
        {devices.map(({ id, userId }) => {
          const name = members?.find((member) => member.userId === userId)?.name ?? t('people.unknown');
          return (
            <li key={id} className="flex items-center gap-2 text-13">
              <Avatar id={userId} name={name} size={24} />
              <bdi className="truncate">{name}</bdi>
              <span className="flex-1" />
              <MonitorSmartphone size={14} aria-hidden="true" className="text-text-3" />
              <code dir="ltr" className="text-12 text-text-3">
                {id}
              </code>
            </li>
          );
        })}
      </ul>
      <Button size="m" look="soft" className="self-start" aria-disabled={renewing} onClick={() => !renewing && renew()}>
        <RefreshCw size={15} aria-hidden="true" />
        {t('e2ee.renew')}
      </Button>
      <p className="text-12 text-text-2">{t('e2ee.renewWhy')}</p>
    </Section>
  );
}

function Forget({ room, onDone }: Part & { onDone: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [sure, setSure] = useState(false);
  return (
    <div className="border-t border-line-soft px-6 py-4">
      <Button
        size="m"
        look={sure ? 'danger' : 'ghost'}
        onClick={() => {
          if (!sure) setSure(true);
          else void client.e2ee.keeper.forget(room.id).then(onDone);
        }}
      >
        <KeyRound size={15} aria-hidden="true" />
        {t(sure ? 'e2ee.forgetSure' : 'e2ee.forget')}
      </Button>
    </div>
  );
}

/** What is on and what is off, words to compare, the key to hand on, who holds it. */
export function EncryptionDialog({ room, open, onClose }: Part & { open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const [comparing, setComparing] = useState(false);
  return (
    <Dialog open={open} onClose={onClose} title={t('e2ee.open')} width={520}>
      <div className="min-h-0 overflow-y-auto">
        <div className="flex flex-col gap-2 px-6 pb-4 text-14">
          <p>{t('e2ee.on')}</p>
          <p className="text-13 text-text-2">{t('e2ee.visible')}</p>
          {!comparing && (
            <Button look="soft" size="m" className="self-start" onClick={() => setComparing(true)}>
              <ShieldCheck size={15} aria-hidden="true" />
              {t('e2ee.compare')}
            </Button>
          )}
        </div>
        {comparing && <SafetyWords room={room} />}
        <Share room={room} />
        <Devices room={room} />
        <Forget room={room} onDone={onClose} />
      </div>
    </Dialog>
  );
}
