import { useCallback, useEffect, useState } from 'react';

/**
 * Fills the page, and the screen where the browser lets it. A window of the share's own is filled by it already: there only
 * the screen is left.
 */
export function useFull(own: Window | null) {
  const { document: home } = own ?? window;
  const [filled, setFilled] = useState<Document | null>(null);
  const full = filled === home;
  useEffect(() => {
    const onChange = () => {
      if (!home.fullscreenElement) setFilled(null);
      else if (home !== document) setFilled(home);
    };
    home.addEventListener('fullscreenchange', onChange);
    return () => home.removeEventListener('fullscreenchange', onChange);
  }, [home]);
  const change = useCallback(
    (wish: boolean | 'toggle') => {
      const next = wish === 'toggle' ? !full : wish;
      if (next === full) return false;
      if (home === document) setFilled(next ? home : null);
      if (next) home.documentElement.requestFullscreen?.().catch(() => undefined);
      else if (home.fullscreenElement) home.exitFullscreen().catch(() => undefined);
      return true;
    },
    [full, home],
  );
  return [full, change] as const;
}
