import { useEffect } from 'react';
import { useAttention } from '@/features/rooms/useAttention';
import { roomTitle } from '@/features/rooms/actions';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { useClient } from './client';
import type { Route } from './router';

/** The window's title: how much needs me, and where I am. The dot on the icon is amber for what needs me alone. */
export function usePageTitle(route: Route): void {
  const { t } = useI18n();
  const client = useClient();
  const attention = useAttention();
  const place = useStore(client.rooms, (state) => {
    const room = route.place === 'room' ? state.byId[route.room] : undefined;
    return room ? roomTitle(client, room) : '';
  });
  useEffect(() => {
    const name = place ? t('app.title', { place }) : 'Parley';
    document.title = attention > 0 ? `(${attention}) ${name}` : name;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = attention > 0 ? '/favicon-dot.svg' : '/favicon.svg';
  }, [attention, place, t]);
}
