import { useI18n, type Phrase } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { endingOf } from './kinds';
import type { Upload, UploadFailure } from './uploadsReducer';

interface Limits {
  readonly fileSize: number;
}

const isRoomQuota = (detail: string): boolean => /\broom\b/.test(detail);

/** Why a file was not taken, and what there is to do, in the words of this page. */
export function failureWords({ name, size }: Upload, { code, detail, field }: UploadFailure, limits: Limits, language: string): Phrase {
  const text = sizeText(size, language);
  switch (code) {
    case 'payload-too-large':
      return { key: 'files.tooLarge', parameters: { size: text, most: sizeText(limits.fileSize, language) } };
    case 'quota-exceeded':
      return { key: isRoomQuota(detail) ? 'files.roomFull' : 'files.mineFull', parameters: { size: text } };
    case 'unsupported-media-type':
      return { key: 'files.kindRefused', parameters: { kind: endingOf(name) ? `.${endingOf(name).toLowerCase()}` : name } };
    case 'failed-precondition':
      // The one thing that is looked for in a file itself.
      return field === 'file' ? { key: 'files.virus' } : { key: 'files.refused', parameters: { detail } };
    case 'gone':
    case 'not-found':
      return { key: 'files.uploadGone' };
    case 'permission-denied':
      return { key: 'files.notMine' };
    default:
      return { key: 'files.refused', parameters: { detail } };
  }
}

/** Whose room is used up, where that is why a file was not taken. */
export function fullOf({ error }: Upload): 'room' | 'mine' | null {
  if (error?.code !== 'quota-exceeded') return null;
  return isRoomQuota(error.detail) ? 'room' : 'mine';
}

const MINUTE = 60;
const HOUR = 3600;

/** How an upload stands, in one line. */
export function useUploadText(limits: Limits): (upload: Upload) => string {
  const { t, phrase, language } = useI18n();
  const left = (seconds: number): string => {
    if (seconds < MINUTE) return t('files.seconds', { n: Math.max(1, Math.ceil(seconds)) });
    return seconds < HOUR ? t('files.minutes', { n: Math.ceil(seconds / MINUTE) }) : t('files.hours', { n: Math.ceil(seconds / HOUR) });
  };
  return (upload) => {
    const { state, error, speed } = upload;
    const sent = sizeText(upload.sent, language);
    const size = sizeText(upload.size, language);
    switch (state) {
      case 'paused':
        return t('files.paused', { sent, size });
      case 'waiting':
        return t(upload.diskFull ? 'files.diskFull' : 'files.waiting');
      case 'checking':
        return t('files.checking');
      case 'failed':
        return phrase(failureWords(upload, error ?? { code: '', detail: '' }, limits, language));
      case 'done':
        return size;
      case 'sending':
        if (!speed) return t('files.progress', { sent, size });
        return t('files.progressSpeed', { sent, size, speed: sizeText(speed, language), left: left((upload.size - upload.sent) / speed) });
    }
  };
}
