import { localStore } from '@/shared/lib/storage';

export interface NoticeSettings {
  /** Notices of the browser while the page is hidden. */
  readonly browser: boolean;
  readonly sound: boolean;
  /** Do not disturb: counts only. */
  readonly quiet: boolean;
  /** Quiet by the clock of this device; null: never. */
  readonly hours: { readonly from: string; readonly to: string } | null;
}

const KEY = 'parley.notices';
const ASKED = 'parley.noticesAsked';
const usual: NoticeSettings = { browser: false, sound: true, quiet: false, hours: null };

export const noticeSettings = (): NoticeSettings =>
  localStore.read<NoticeSettings>(
    KEY,
    (value) => (typeof value === 'object' && value !== null ? { ...usual, ...value } : undefined),
    usual,
  );
export const keepNoticeSettings = (settings: NoticeSettings): void => localStore.write(KEY, settings);

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Whether nothing may be heard or pop up now; hours may run over midnight. */
export function isQuiet({ quiet, hours }: NoticeSettings, now = new Date()): boolean {
  if (quiet || !hours) return quiet;
  const [from, to, at] = [minutesOf(hours.from), minutesOf(hours.to), now.getHours() * 60 + now.getMinutes()];
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

/** Whether the browser was never asked, here or in its own settings: then the first mention asks. */
export const mayAsk = (): boolean =>
  'Notification' in window &&
  Notification.permission === 'default' &&
  !localStore.read(ASKED, (value) => value === true, false);

export const rememberAsked = (): void => localStore.write(ASKED, true);

/** Asks the browser, and keeps what one chose. False: it does not allow notices. */
export async function allowBrowserNotices(): Promise<boolean> {
  rememberAsked();
  if (!('Notification' in window)) return false;
  const granted = (await Notification.requestPermission()) === 'granted';
  if (granted) keepNoticeSettings({ ...noticeSettings(), browser: true });
  return granted;
}
