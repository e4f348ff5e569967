import { ChevronDown, Download, PanelRight, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { FileBrief, FileVersion } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText, sizeText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuChoice } from '@/shared/ui/Menu';
import { FileIcon } from '../FileIcon';

interface Props {
  readonly file: FileBrief;
  readonly version?: number;
  readonly onVersion: (version: number | undefined) => void;
  readonly place: { readonly at: number; readonly all: number };
  /** Null: nothing that could be zoomed. */
  readonly scale: number | null;
  readonly onLarger: () => void;
  readonly onSmaller: () => void;
  readonly onFit: () => void;
  readonly onDownload: () => void;
  readonly onDetails?: () => void;
  readonly onClose: () => void;
}

function useVersions(fileId: string): readonly FileVersion[] {
  const client = useClient();
  const [known, setKnown] = useState<{ fileId: string; items: readonly FileVersion[] } | null>(null);
  useEffect(() => {
    client.api.versions(fileId).then(
      ({ items }) => setKnown({ fileId, items }),
      () => undefined,
    );
  }, [client, fileId]);
  return known?.fileId === fileId ? known.items : [];
}

function VersionMenu({ file, version, onVersion }: Pick<Props, 'file' | 'version' | 'onVersion'>) {
  const { t, language } = useI18n();
  const versions = useVersions(file.id).toSorted((a, b) => b.number - a.number);
  const newest = versions[0]?.number;
  if (newest === undefined || versions.length < 2) return null;
  const shown = version ?? newest;
  return (
    <Menu
      trigger={
        <Button size="s" look="ghost" className="bg-stage-raised text-stage-text! hover:bg-stage-hover!">
          {t('files.version', { n: shown })}
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoice
        label={t('files.versions')}
        value={String(shown)}
        choices={versions.map(({ number, createdAt, size }) => [
          String(number),
          `${t('files.version', { n: number })} · ${momentText(createdAt, language)} · ${sizeText(size, language)}`,
        ])}
        onChange={(value) => onVersion(Number(value) === newest ? undefined : Number(value))}
      />
    </Menu>
  );
}

export function ViewerHead({ file, version, onVersion, place, scale, onLarger, onSmaller, onFit, onDownload, onDetails, onClose }: Props) {
  const { t, language } = useI18n();
  const facts = [file.size === undefined ? '' : sizeText(file.size, language), place.all > 1 ? t('preview.count', { at: place.at + 1, all: place.all }) : ''];
  return (
    <header className="viewer-head">
      <FileIcon file={file} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-14 font-semibold">
          <bdi>{file.name}</bdi>
        </p>
        <p className="truncate text-12 text-stage-text-2">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <VersionMenu file={file} version={version} onVersion={onVersion} />
      {scale !== null && (
        <span className="flex items-center max-sm:hidden">
          <IconButton label={t('preview.smaller')} icon={ZoomOut} onClick={onSmaller} />
          <button type="button" className="min-h-8 min-w-14 rounded-lg text-12 font-semibold tabular-nums hover:bg-stage-hover" title={t('preview.fit')} onClick={onFit}>
            {t('preview.zoom', { n: Math.round(scale * 100) })}
          </button>
          <IconButton label={t('preview.larger')} icon={ZoomIn} onClick={onLarger} />
        </span>
      )}
      {onDetails && <IconButton label={t('preview.details')} icon={PanelRight} directed onClick={onDetails} />}
      <IconButton label={t('files.download', { name: file.name })} icon={Download} onClick={onDownload} />
      <IconButton label={t('app.close')} icon={X} onClick={onClose} />
    </header>
  );
}
