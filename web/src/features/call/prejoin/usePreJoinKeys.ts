import { useEffect, useRef } from 'react';
import { actFor } from '@/features/palette/bindings';
import { takesLetters } from '../controls/keys';

/** The keys of microphone and camera mean before a call what they mean in it. */
export function usePreJoinKeys(onToggle: (kind: 'microphone' | 'camera') => void): void {
  const latest = useRef(onToggle);
  useEffect(() => {
    latest.current = onToggle;
  });
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || takesLetters(event.target)) return;
      const act = actFor(event, ['call', 'stage']);
      if (act !== 'stageMicrophone' && act !== 'stageCamera' && act !== 'microphone' && act !== 'camera') return;
      event.preventDefault();
      latest.current(act === 'stageMicrophone' || act === 'microphone' ? 'microphone' : 'camera');
    };
    window.addEventListener('keydown', onDown);
    return () => window.removeEventListener('keydown', onDown);
  }, []);
}
