import type { Upload as TusUpload } from 'tus-js-client';
import { read } from '@/shared/api/errors';
import type { Id } from '@/shared/api/types';
import type { SealedUpload } from '@/features/e2ee/e2ee';
import type { UploadFailure } from './uploadsReducer';

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
  /** What changed in it, in the uploader's words. */
  readonly note?: string;
  /** What goes out instead of the file, where only a room may read it. */
  readonly sealed?: SealedUpload | null;
  readonly onProgress: (sent: number) => void;
  /** The line is down, or the server's disk is full: it goes on by itself. */
  readonly onWaiting: (diskFull: boolean) => void;
  /** The last byte is there; the file's id. */
  readonly onDone: (fileId: Id) => void;
  readonly onFailed: (failure: UploadFailure) => void;
}

/** Then every minute for a day: as long as the server keeps what it has. */
const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, ...new Array<number>(1440).fill(60_000)];
const DISK_FULL = 507;
/** Answers that another try may better: a new token, another writer that ends, a pause. */
const AGAIN = [401, 409, 423, 429];

/** The problem document of an answer; the library puts the body into a text of its own. */
export function failureOf(body: string | undefined, fallback: string): UploadFailure {
  try {
    const problem: unknown = JSON.parse(body ?? '');
    const text = (key: string): string | undefined => {
      const value = read(problem, key);
      return typeof value === 'string' ? value : undefined;
    };
    return { code: text('code') ?? 'unknown', detail: text('detail') ?? fallback, field: text('field') };
  } catch {
    return { code: 'unknown', detail: fallback };
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
  let waiting = false;
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
      ...(wish.note ? { note: wish.note } : {}),
    },
    onBeforeRequest: async (request) => {
      const token = await tokenOf();
      if (token) request.setHeader('Authorization', `Bearer ${token}`);
    },
    onProgress: (sent) => {
      waiting = false;
      wish.onProgress(sent);
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || AGAIN.includes(status) || status >= 500;
      waiting = again;
      if (again) wish.onWaiting(status === DISK_FULL);
      return again;
    },
    onSuccess: () => {
      stop();
      // An upload becomes the file of the same id; a new version belongs to the file it was sent for.
      const id = new URL(upload.url ?? '', window.location.href).pathname.split('/').at(-1) ?? '';
      wish.onDone(wish.fileId ?? decodeURIComponent(id));
    },
    onError: (error) => {
      stop();
      const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
      wish.onFailed(failureOf(body, error.message));
    },
  });
  // Back on the line: at once, not when the pause is over.
  const onLine = () => {
    if (waiting) void upload.abort().then(() => upload.start());
  };
  const stop = () => window.removeEventListener('online', onLine);
  window.addEventListener('online', onLine);
  const previous = await upload.findPreviousUploads().catch(() => []);
  const known = previous[0];
  if (known && !wish.fileId) upload.resumeFromPreviousUpload(known);
  upload.start();
  return {
    pause: () => {
      waiting = false;
      void upload.abort();
    },
    // A try that waits for its time is given up first: never two at once.
    resume: () => void upload.abort().then(() => upload.start()),
    cancel: () => {
      stop();
      void upload.abort(true).catch(() => undefined);
    },
  };
}
