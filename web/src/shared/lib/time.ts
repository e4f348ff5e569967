const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export const timeText = (iso: string, language: string): string => format(language, 'time', clock).format(new Date(iso));

export const dayText = (iso: string, language: string): string =>
  format(language, 'day', { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(iso));

export const dateText = (iso: string, language: string): string =>
  format(language, 'date', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));

export const momentText = (iso: string, language: string): string =>
  format(language, 'moment', { day: 'numeric', month: 'short', ...clock }).format(new Date(iso));

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number with its unit, kept in this order where the line runs from the right. */
export const isolated = (text: string, language: string): string => (language.startsWith('ar') ? `\u2066${text}\u2069` : text);

/** Bytes as people read them: 212 KB, 1.8 MB. */
export function sizeText(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return isolated(`${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}\u202f${units[unit] ?? ''}`, language);
}

/** A moment of this device's clock to the second, or to the minute. */
export const clockText = (at: number, language: string, seconds = true): string =>
  format(language, seconds ? 'seconds' : 'time', seconds ? { ...clock, second: '2-digit' } : clock).format(at);
