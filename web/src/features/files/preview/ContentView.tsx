import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { FileBrief } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { FileIcon } from '../FileIcon';
import { PictureView } from './PictureView';
import { TEXT_BYTES, type Content } from './useContent';
import type { Zoom } from './zoom';

// The reader of documents is larger than the page itself.
const PdfView = lazy(async () => ({ default: (await import('../pdf/PdfView')).PdfView }));

interface Props {
  readonly file: FileBrief;
  readonly content: Content;
  readonly zoom: Zoom;
  readonly onZoom: (change: (old: Zoom, scale: number) => Zoom) => void;
  readonly onScale: (scale: number) => void;
  readonly onAnyway: () => void;
  readonly onDownload: () => void;
}

function Notice({ file, text, children }: { file: FileBrief; text: string; children?: ReactNode }) {
  return (
    <div className="viewer-scroll content-center gap-4 text-center">
      <FileIcon file={file} />
      <p role="status" className="max-w-sm text-14 text-stage-text-2">
        {text}
      </p>
      {children}
    </div>
  );
}

function Media({ content, file, onBroken }: { content: Extract<Content, { is: 'video' | 'audio' | 'picture' }>; file: FileBrief; onBroken: () => void }) {
  return (
    <div className="viewer-scroll">
      {content.is === 'video' ? (
        <video src={content.url} controls playsInline preload="metadata" aria-label={file.name} onError={onBroken} />
      ) : (
        <audio src={content.url} controls preload="metadata" aria-label={file.name} className="w-full max-w-xl" onError={onBroken} />
      )}
    </div>
  );
}

/** A file as it looks. Texts are texts here, whatever language they are written in: nothing of a file ever runs. */
export function ContentView({ file, content, zoom, onZoom, onScale, onAnyway, onDownload }: Props) {
  const { t, language } = useI18n();
  const [brokenUrl, setBroken] = useState<string | null>(null);
  const broken = content.is === 'broken' || ('url' in content && content.url === brokenUrl);
  const save = (
    <Button look="primary" onClick={onDownload}>
      {t('files.get')}
    </Button>
  );
  if (broken) {
    const media = content.is === 'video' || content.is === 'audio';
    return (
      <Notice file={file} text={t(media ? 'files.notPlayed' : 'preview.broken')}>
        {save}
      </Notice>
    );
  }
  switch (content.is) {
    case 'loading':
      return content.percent === undefined ? null : <Notice file={file} text={t('preview.opening', { n: content.percent })} />;
    case 'large':
      return (
        <Notice file={file} text={t('preview.large', { size: sizeText(file.size ?? 0, language) })}>
          <Button look="primary" onClick={onAnyway}>
            {t('preview.openAnyway')}
          </Button>
        </Notice>
      );
    case 'picture':
      return <PictureView url={content.url} name={file.name} zoom={zoom} onZoom={onZoom} onScale={onScale} onBroken={() => setBroken(content.url)} />;
    case 'pdf':
      return (
        <Suspense fallback={<Notice file={file} text={t('preview.reading')} />}>
          <PdfView
            source={content.source}
            name={file.name}
            zoom={zoom}
            onScale={onScale}
            onFailed={(why) => (
              <Notice file={file} text={t(why === 'locked' ? 'preview.locked' : 'preview.broken')}>
                {save}
              </Notice>
            )}
          />
        </Suspense>
      );
    case 'video':
    case 'audio':
      return <Media content={content} file={file} onBroken={() => setBroken(content.url)} />;
    case 'text':
      return (
        // Long texts scroll, so the keyboard must be able to enter.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="viewer-scroll" tabIndex={0} role="region" aria-label={file.name}>
          <pre className="viewer-text" dir="auto">
            {content.text}
          </pre>
          {content.cut && <p className="viewer-note">{t('preview.cut', { size: sizeText(TEXT_BYTES, language) })}</p>}
        </div>
      );
    default:
      return (
        <Notice file={file} text={t('preview.none')}>
          {save}
        </Notice>
      );
  }
}
