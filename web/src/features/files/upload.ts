import type { Upload as TusUpload } from 'tus-js-client';
import type { Id } from '@/shared/api/types';
import type { SealedUpload } from '@/features/e2ee/e2ee';

/** How the library of uploads gets its token; set once, when the page begins. */
let tokenOf: () => Promise<string | null> = () => Promise.resolve(null);
export const setUploadToken = (token: () => Promise<string | null>): void => {
  tokenOf = token;
};

export interface Running {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
}

interface Wish {
  readonly file: globalThis.File;
  readonly endpoint: string;
  readonly chunkSize: number;
  readonly roomId: Id;
  /** A new version of this file. */
  readonly fileId?: Id;
  /** What goes out instead of the file, where only a room may read it. */
  readonly sealed?: SealedUpload | null;
  readonly onProgress: (sent: number) => void;
  /** The line is down: it goes on by itself. */
  readonly onWaiting: () => void;
  /** The last byte is there; the file's id. */
  readonly onDone: (fileId: Id) => void;
  readonly onFailed: (message: string) => void;
}

const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

/** The sentence of a problem document in an answer; the library puts the body into a text of its own. */
function sentenceOf(body: string | undefined, fallback: string): string {
  try {
    const problem: unknown = JSON.parse(body ?? '');
    const detail: unknown = typeof problem === 'object' && problem !== null ? Reflect.get(problem, 'detail') : undefined;
    return typeof detail === 'string' ? detail : fallback;
  } catch {
    return fallback;
  }
}

const MOST_SEALED = 8 << 20;

/** Sealed while it goes: each request holds a part. Each sealing is another, so none goes on with what another began. */
const sealing = ({ source }: SealedUpload, chunkSize: number) => ({
  chunkSize: Math.min(chunkSize > 0 ? chunkSize : MOST_SEALED, MOST_SEALED),
  storeFingerprintForResuming: false,
  fingerprint: () => Promise.resolve(crypto.randomUUID()),
  fileReader: {
    openFile: () =>
      Promise.resolve({
        size: source.size,
        slice: async (start: number, end: number) => ({ value: await source.slice(start, end), done: end >= source.size }),
        close: () => undefined,
      }),
  },
});

/** Sends a file in pieces that survive a broken line, a closed laptop and a restart of the server. */
export async function startUpload(wish: Wish): Promise<Running> {
  const tus = await import('tus-js-client');
  const { file, sealed } = wish;
  const upload: TusUpload = new tus.Upload(file, {
    endpoint: wish.endpoint,
    chunkSize: wish.chunkSize,
    ...(sealed ? sealing(sealed, wish.chunkSize) : {}),
    retryDelays: RETRIES,
    removeFingerprintOnSuccess: true,
    metadata: {
      filename: sealed?.name ?? file.name,
      filetype: (sealed ? '' : file.type) || 'application/octet-stream',
      roomId: wish.roomId,
      ...(wish.fileId ? { fileId: wish.fileId } : {}),
    },
    onBeforeRequest: async (request) => {
      const token = await tokenOf();
      if (token) request.setHeader('Authorization', `Bearer ${token}`);
    },
    onProgress: (sent) => wish.onProgress(sent),
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || status === 401 || status === 409 || status === 423 || status === 429 || status >= 500;
      if (again) wish.onWaiting();
      return again;
    },
    onSuccess: () => {
      // An upload becomes the file of the same id; a new version belongs to the file it was sent for.
      const id = new URL(upload.url ?? '', window.location.href).pathname.split('/').at(-1) ?? '';
      wish.onDone(wish.fileId ?? decodeURIComponent(id));
    },
    onError: (error) => {
      const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
      wish.onFailed(sentenceOf(body, error.message));
    },
  });
  const previous = await upload.findPreviousUploads().catch(() => []);
  const known = previous[0];
  if (known && !wish.fileId) upload.resumeFromPreviousUpload(known);
  upload.start();
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel: () => void upload.abort(true).catch(() => undefined),
  };
}
