import type { SelfieSegmentation } from '@mediapipe/selfie_segmentation';
import { libraryUrl, locateFile } from './files';

/** Tells the person in a picture from what is behind. */
export interface Segmenter {
  /** Opaque where the person is. Good until the next call. */
  readonly mask: (image: HTMLCanvasElement) => Promise<CanvasImageSource | null>;
  readonly close: () => void;
}

// The library is no module: it leaves its class in the window.
interface Library {
  readonly SelfieSegmentation?: typeof SelfieSegmentation;
}

let loading: Promise<typeof SelfieSegmentation> | null = null;

function loadLibrary(): Promise<typeof SelfieSegmentation> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = libraryUrl;
    script.onload = () => {
      const made = (window as Library).SelfieSegmentation;
      if (made) resolve(made);
      else reject(new Error('the library holds nothing'));
    };
    script.onerror = () => reject(new Error(`cannot load ${libraryUrl}`));
    document.head.append(script);
  });
  // Another try begins anew.
  loading.catch(() => (loading = null));
  return loading;
}

const kWideModel = 1;

/** Some six megabytes, from this server, loaded when somebody wants a blurred background for the first time. */
export async function openSegmenter(): Promise<Segmenter> {
  const Selfie = await loadLibrary();
  const selfie = new Selfie({ locateFile });
  selfie.setOptions({ modelSelection: kWideModel });
  let last: CanvasImageSource | null = null;
  selfie.onResults(({ segmentationMask }) => {
    last = segmentationMask;
  });
  await selfie.initialize();
  return {
    mask: async (image) => {
      last = null;
      await selfie.send({ image });
      return last;
    },
    close: () => void selfie.close(),
  };
}
