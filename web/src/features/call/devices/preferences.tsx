import { createContext, useContext, useEffect, useMemo, useReducer, type ReactNode } from 'react';
import { localStore } from '@/shared/lib/storage';

/** What a person chose last time. An empty id is the system's own choice. */
export interface Preferences {
  readonly name: string;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly microphoneId: string;
  readonly cameraId: string;
  readonly speakerId: string;
  readonly noiseSuppression: boolean;
  /** The room behind me is blurred before the first picture leaves. */
  readonly blur: boolean;
}

export const defaultPreferences: Preferences = {
  name: '',
  microphone: true,
  camera: true,
  microphoneId: '',
  cameraId: '',
  speakerId: '',
  noiseSuppression: true,
  blur: false,
};

/** Takes what is of the right type and leaves the rest at its default: the store may be of another version. */
export function parsePreferences(value: unknown): Preferences | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const merged: Record<string, unknown> = { ...defaultPreferences };
  for (const [key, standard] of Object.entries(defaultPreferences)) {
    const stored: unknown = Reflect.get(value, key);
    if (typeof stored === typeof standard) merged[key] = stored;
  }
  return merged as unknown as Preferences;
}

export function preferencesReducer(state: Preferences, change: Partial<Preferences>): Preferences {
  const keys = Object.keys(change) as (keyof Preferences)[];
  return keys.every((key) => state[key] === change[key]) ? state : { ...state, ...change };
}

const KEY = 'parley.preferences';

/** What was chosen, and how that is changed for the next time. */
export interface Choosing {
  readonly preferences: Preferences;
  readonly change: (change: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<Choosing | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, change] = useReducer(preferencesReducer, null, () =>
    localStore.read(KEY, parsePreferences, defaultPreferences),
  );
  useEffect(() => localStore.write(KEY, preferences), [preferences]);
  const value = useMemo(() => ({ preferences, change }), [preferences]);
  return <PreferencesContext.Provider value={value}>{children}</PreferencesContext.Provider>;
}

export function usePreferences() {
  const value = useContext(PreferencesContext);
  if (!value) throw new Error('usePreferences outside of PreferencesProvider');
  return value;
}
