import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { showError } from '@/features/notices/actions';

export type Settings = Readonly<Record<string, string>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

/** The configuration that is in force; it stays so until the server is started anew. */
export function useSettings(): Settings | null {
  const client = useClient();
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    client.api.settings().then(
      (answer) => setSettings(Object.fromEntries(Object.entries(answer.settings).map(([key, value]) => [key, textOf(value)]))),
      (error: unknown) => showError(client, error),
    );
  }, [client]);
  return settings;
}
