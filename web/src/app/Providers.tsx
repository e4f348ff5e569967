import type { ReactNode } from 'react';
import { PreferencesProvider } from '@/features/call/devices/preferences';
import { I18nProvider } from '@/shared/i18n';
import { ThemeProvider } from './theme';

export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider>
      <I18nProvider>
        <PreferencesProvider>{children}</PreferencesProvider>
      </I18nProvider>
    </ThemeProvider>
  );
}
