import { useI18n } from '@/shared/i18n';
import { Flag } from '@/shared/ui/Flag';
import { Select } from '@/shared/ui/Select';
import { allFlags, flagSpecOf, flagWords } from '@/shared/ui/flags';

const patterns = [...new Set(allFlags.map(({ pattern }) => pattern))];

interface Props {
  readonly room: string;
  readonly value: string;
  readonly onChange: (flag: string) => void;
}

/** The cloth of a room: a pattern in two colours, of those that no country flies. */
export function FlagChoice({ room, value, onChange }: Props) {
  const { t } = useI18n();
  const chosen = flagSpecOf(room, value);
  const cloths = allFlags.filter(({ pattern }) => pattern === chosen.pattern);
  return (
    <div className="flex items-end gap-3">
      <span className="grid size-10 flex-none place-items-center">
        <Flag room={room} spec={value} size={40} />
      </span>
      <Select
        className="min-w-0 flex-1"
        label={t('room.flag')}
        value={chosen.pattern}
        choices={patterns.map((pattern) => [pattern, t(`flag.${pattern}`)] as const)}
        onChange={(pattern) => {
          const same = allFlags.filter((flag) => flag.pattern === pattern);
          // The colours stay where this pattern may have them.
          const next = same.find(({ a, b }) => a === chosen.a && b === chosen.b) ?? same[0];
          if (next) onChange(flagWords(next));
        }}
      />
      <Select
        className="min-w-0 flex-1"
        label={t('room.flagColours')}
        value={flagWords(chosen)}
        choices={cloths.map((flag) => [flagWords(flag), t('flag.pair', { a: t(`flag.${flag.a}`), b: t(`flag.${flag.b}`) })] as const)}
        onChange={onChange}
      />
    </div>
  );
}
