import type { RoomsState } from './roomsReducer';

/** The one number: mentions and direct messages that wait for me. */
export const attentionOf = (state: RoomsState): number =>
  Object.entries(state.unread).reduce((sum, [id, { messages, mentions }]) => {
    const room = state.byId[id];
    if (!room) return sum;
    return sum + (room.type === 'direct' ? Math.max(messages, mentions) : mentions);
  }, 0);
