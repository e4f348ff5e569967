import { lazy, Suspense, useEffect } from 'react';
import { useStore } from '@/shared/state/store';
import { previewStore } from '../previewStore';

const FilePreview = lazy(async () => ({ default: (await import('./FilePreview')).FilePreview }));

/** Stands once in the page; its window comes with the first file that is looked at. */
export function PreviewHost() {
  const shown = useStore(previewStore, (state) => state);
  useEffect(() => () => previewStore.dispatch({ type: 'close' }), []);
  if (!shown) return null;
  return (
    <Suspense fallback={null}>
      <FilePreview shown={shown} />
    </Suspense>
  );
}
