import { useMemo } from 'react';
import { useAdmin } from './AdminContext';
import { alertsOf, type Alert } from './metrics/alerts';

export function useAlerts(): readonly Alert[] {
  const points = useAdmin((state) => state.points);
  const overview = useAdmin((state) => state.overview);
  const letters = useAdmin((state) => state.letters.length);
  return useMemo(() => alertsOf(points, overview, letters), [points, overview, letters]);
}
