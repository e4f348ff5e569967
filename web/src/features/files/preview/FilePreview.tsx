import * as Radix from '@radix-ui/react-dialog';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback, useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import { filePath, navigate } from '@/app/router';
import type { FileBrief, Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useFocusBack } from '@/shared/lib/useFocusBack';
import { IconButton } from '@/shared/ui/IconButton';
import '../files.css';
import { downloadFile } from '../actions';
import { previewStore, type Shown } from '../previewStore';
import { ContentView } from './ContentView';
import { useContent } from './useContent';
import { ViewerHead } from './ViewerHead';
import { stepped, type Zoom } from './zoom';

const close = () => previewStore.dispatch({ type: 'close' });
const step = (by: 1 | -1) => previewStore.dispatch({ type: 'step', by });

/** Where a player has its own use for a key, it is the player's. */
const isPlayer = (target: EventTarget): boolean => target instanceof HTMLMediaElement;

interface Acts {
  readonly onLarger: () => void;
  readonly onSmaller: () => void;
  readonly onFit: () => void;
  readonly onDownload: () => void;
}

function onKey(event: KeyboardEvent, { onLarger, onSmaller, onFit, onDownload }: Acts) {
  if (event.ctrlKey || event.metaKey || event.altKey || isPlayer(event.target)) return;
  const forwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(event.key === forwards ? 1 : -1);
  else if (event.key === '+' || event.key === '=') onLarger();
  else if (event.key === '-') onSmaller();
  else if (event.key === '0') onFit();
  else if (event.key.toLowerCase() === 'd') onDownload();
  else return;
  event.preventDefault();
}

interface View {
  readonly of: Id;
  readonly version?: number;
  readonly zoom: Zoom;
  /** Opened although it is large. */
  readonly anyway: boolean;
}

/** How the file is looked at. The next one begins anew: fitted, in its current version. */
function useView(file: FileBrief, version: number | undefined) {
  const fresh: View = { of: file.id, version, zoom: 'fit', anyway: false };
  const [view, setView] = useState(fresh);
  if (view.of !== file.id) setView(fresh);
  const change = useCallback((next: (old: View) => Partial<View>) => setView((old) => ({ ...old, ...next(old) })), []);
  return { view: view.of === file.id ? view : fresh, change };
}

function Viewer({ shown, file }: { shown: Shown; file: FileBrief }) {
  const { t } = useI18n();
  const client = useClient();
  const { files, at, roomId } = shown;
  const [scale, setScale] = useState(1);
  const { view, change } = useView(file, shown.version);
  const { version, anyway, zoom } = view;
  const setZoom = (next: Zoom) => change(() => ({ zoom: next }));
  const focus = useFocusBack();
  const onZoom = useCallback((next: (old: Zoom, seen: number) => Zoom) => change((old) => ({ zoom: next(old.zoom, scale) })), [change, scale]);
  const content = useContent(file, version, anyway);
  const acts: Acts = {
    onLarger: () => setZoom(stepped(scale, 1)),
    onSmaller: () => setZoom(stepped(scale, -1)),
    onFit: () => setZoom('fit'),
    onDownload: () => void downloadFile(client, file, version),
  };
  const details = (room: Id) => () => {
    close();
    navigate(filePath(room, file.id));
  };
  return (
    // Radix closes with Esc; the other keys of the window are heard here.
    <Radix.Content className="viewer on-stage" aria-describedby={undefined} {...focus} onKeyDown={(event) => onKey(event, acts)}>
      <Radix.Title className="sr-only">{t('preview.title', { name: file.name })}</Radix.Title>
      <ViewerHead
        {...acts}
        file={file}
        version={version}
        onVersion={(next) => change(() => ({ version: next }))}
        place={{ at, all: files.length }}
        scale={content.is === 'picture' || content.is === 'pdf' ? scale : null}
        onDetails={roomId ? details(roomId) : undefined}
        onClose={close}
      />
      <div className="viewer-body">
        <ContentView file={file} content={content} zoom={zoom} onZoom={onZoom} onScale={setScale} onAnyway={() => change(() => ({ anyway: true }))} onDownload={acts.onDownload} />
        {at > 0 && <IconButton label={t('preview.previous')} icon={ChevronLeft} directed className="viewer-side start-2" onClick={() => step(-1)} />}
        {at < files.length - 1 && <IconButton label={t('preview.next')} icon={ChevronRight} directed className="viewer-side end-2" onClick={() => step(1)} />}
      </div>
    </Radix.Content>
  );
}

/** A file over the whole page: to look at closely, and to walk to the next one. */
export function FilePreview({ shown }: { shown: Shown }) {
  const file = shown.files[shown.at];
  if (!file) return null;
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Viewer shown={shown} file={file} />
      </Radix.Portal>
    </Radix.Root>
  );
}
