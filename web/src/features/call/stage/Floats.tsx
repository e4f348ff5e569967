import { useEffect, useReducer, useRef } from 'react';
import { useI18n } from '@/shared/i18n';
import { userOf, useRoomCall } from '../session/RoomCallContext';
import type { PlacedTile } from './arrange';
import { floatsReducer } from './floats';
import type { Box, Size } from './layout';

const RISE_MS = 2400;
const SIZE = 44;

/** At the end of the sender's tile; for whoever has none now, at the foot of the stage. */
function placeOf(userId: string, tiles: readonly PlacedTile[], space: Size): Box {
  const tile = tiles.find(({ person }) => userOf(person.identity) === userId)?.box;
  const foot = tile ?? { x: 0, y: 0, ...space };
  return { x: foot.x + foot.width - SIZE - 12, y: foot.y + foot.height - SIZE - 12, width: SIZE, height: SIZE };
}

/** Reactions rise over the tiles of those who sent them, and are said once. */
export function Floats({ tiles, space }: { tiles: readonly PlacedTile[]; space: Size }) {
  const { t } = useI18n();
  const onReaction = useRoomCall()?.onReaction;
  const [floats, dispatch] = useReducer(floatsReducer, []);
  const count = useRef(0);
  useEffect(() => {
    if (!onReaction) return;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = onReaction((reaction) => {
      const id = (count.current += 1);
      dispatch({ type: 'rise', reaction, id });
      const timer = setTimeout(() => {
        timers.delete(timer);
        dispatch({ type: 'gone', id });
      }, RISE_MS);
      timers.add(timer);
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [onReaction]);
  const newest = floats.at(-1);
  return (
    <>
      {floats.map(({ id, userId, emoji }) => {
        const { x, y } = placeOf(userId, tiles, space);
        return (
          <span key={id} aria-hidden="true" className="float" style={{ insetInlineStart: x, insetBlockStart: y }}>
            {emoji}
          </span>
        );
      })}
      <p role="status" className="sr-only">
        {newest && t('react.from', { name: newest.name, emoji: newest.emoji })}
      </p>
    </>
  );
}
