import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { localStore } from '@/shared/lib/storage';

export const looks = ['system', 'light', 'dark'] as const;
export type Look = (typeof looks)[number];

export const isLook = (value: unknown): value is Look => looks.some((look) => look === value);

const KEY = 'parley.look';
const LookContext = createContext<{ look: Look; setLook: (look: Look) => void } | null>(null);

function apply(look: Look) {
  const dark = look === 'dark' || (look === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [look, choose] = useState<Look>(() => {
    const stored = localStore.read<Look>(KEY, (value) => (isLook(value) ? value : undefined), 'system');
    // Before the first paint, so that nothing flashes in the wrong colours.
    apply(stored);
    return stored;
  });
  useEffect(() => {
    apply(look);
    const media = window.matchMedia('(prefers-color-scheme: dark)');
    const onChange = () => apply(look);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, [look]);
  const value = useMemo(
    () => ({
      look,
      setLook: (next: Look) => {
        localStore.write(KEY, next);
        choose(next);
      },
    }),
    [look],
  );
  return <LookContext.Provider value={value}>{children}</LookContext.Provider>;
}

export function useTheme() {
  const value = useContext(LookContext);
  if (!value) throw new Error('useTheme outside of ThemeProvider');
  return value;
}
