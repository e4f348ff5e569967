import { useState } from 'react';
import { useClient } from '@/app/client';
import type { FileVersion, Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText, sizeText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Select } from '@/shared/ui/Select';
import { downloadFile } from '../actions';
import { openPreview } from '../previewStore';
import type { Face } from '../usePeople';
import { usePicture } from '../usePreview';
import { differenceText } from './difference';
import type { Facts } from './useFacts';
import { useSpan } from './useSpan';

interface Props {
  readonly facts: Facts;
  readonly people: (id: Id | null | undefined) => Face;
  readonly first: number;
  readonly second: number;
  readonly onClose: () => void;
}

function Side({ facts, version, onVersion, by }: { facts: Facts; version: FileVersion; onVersion: (number: number) => void; by: Face }) {
  const { t, language } = useI18n();
  const client = useClient();
  const { file, versions } = facts;
  // The server makes no pictures of what it cannot read.
  const { url, broken } = usePicture(file.sealedIn ? null : `/files/${encodeURIComponent(file.id)}/previews/320?version=${version.number}`);
  const lines = [
    [t('files.by'), by.name],
    [t('files.changed'), momentText(version.createdAt, language)],
    [t('files.size'), sizeText(version.size, language)],
    [t('files.kind'), version.mime],
  ] as const;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Select
        label={t('files.versions')}
        value={String(version.number)}
        choices={versions.map(({ number }) => [String(number), t('files.version', { n: number })])}
        onChange={(number) => onVersion(Number(number))}
      />
      <div className="grid aspect-4/3 place-items-center overflow-hidden rounded-lg bg-sunken text-12 text-text-3 inset-ring inset-ring-line">
        {url ? <img src={url} alt={t('files.version', { n: version.number })} className="size-full object-contain" /> : broken || file.sealedIn ? t('files.notMade') : null}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-13">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd className="truncate tabular-nums">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {version.note && (
        <p className="text-13 text-text-2" dir="auto">
          {version.note}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="m" onClick={() => openPreview([file], file, { roomId: file.roomId, version: version.number })}>
          {t('files.previewVersion')}
        </Button>
        <Button size="m" look="ghost" onClick={() => void downloadFile(client, file, version.number)}>
          {t('files.get')}
        </Button>
      </div>
    </div>
  );
}

/** Two versions side by side: how they look, their sizes and dates, and whether they differ at all. */
export function CompareDialog({ facts, people, first, second, onClose }: Props) {
  const { t, language } = useI18n();
  const span = useSpan();
  const [numbers, setNumbers] = useState({ first, second });
  const versionOf = (number: number) => facts.versions.find((version) => version.number === number);
  const [from, to] = [versionOf(numbers.first), versionOf(numbers.second)];
  if (!from || !to) return null;
  return (
    <Dialog open onClose={onClose} width={680} title={t('files.compareTitle', { from: from.number, to: to.number })}>
      <div className="grid gap-5 px-6 sm:grid-cols-2">
        <Side facts={facts} version={from} by={people(from.uploaderId)} onVersion={(number) => setNumbers({ ...numbers, first: number })} />
        <Side facts={facts} version={to} by={people(to.uploaderId)} onVersion={(number) => setNumbers({ ...numbers, second: number })} />
      </div>
      <dl className="mx-6 mt-4 mb-6 flex flex-wrap gap-x-6 gap-y-1 rounded-lg bg-sunken p-3 text-13" aria-live="polite">
        {from.sha256 === to.sha256 ? (
          <dt>{t('files.sameBytes')}</dt>
        ) : (
          <div className="flex gap-2">
            <dt className="text-text-3">{t('files.difference')}</dt>
            <dd className="font-semibold tabular-nums">
              <bdi dir="ltr">{differenceText(to.size - from.size, language)}</bdi>
            </dd>
          </div>
        )}
        <div className="flex gap-2">
          <dt className="text-text-3">{t('files.apart')}</dt>
          <dd className="font-semibold tabular-nums">{span(Math.abs(Date.parse(to.createdAt) - Date.parse(from.createdAt)))}</dd>
        </div>
      </dl>
    </Dialog>
  );
}
