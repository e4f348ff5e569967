import type { Room } from 'livekit-client';
import { describe, expect, it, vi } from 'vitest';
import { createHold, subscribeToOthers } from './hold';

function setUp(...on: string[]) {
  const turned: string[] = [];
  const switchOf = (kind: string) => {
    let wanted = on.includes(kind);
    return {
      wanted: () => wanted,
      set: (is: boolean) => {
        wanted = is;
        turned.push(`${kind} ${is ? 'on' : 'off'}`);
      },
    };
  };
  const subscribe = vi.fn();
  const hold = createHold({ switches: { microphone: switchOf('microphone'), camera: switchOf('camera'), screen: switchOf('screen') }, subscribe });
  return { hold, turned, subscribe };
}

describe('createHold', () => {
  it('sends nothing while on hold, and what it sent before afterwards, but for the screen', () => {
    const { hold, turned, subscribe } = setUp('microphone', 'screen');
    hold.set(true);
    expect(turned).toEqual(['microphone off', 'screen off']);
    expect(hold.on()).toBe(true);
    turned.length = 0;
    hold.set(false, true);
    expect(turned).toEqual(['microphone on']);
    expect(subscribe).toHaveBeenCalledTimes(2);
  });

  it('comes back silent when it comes back by itself', () => {
    const { hold, turned } = setUp('microphone', 'camera');
    hold.set(true);
    turned.length = 0;
    hold.set(false);
    expect(turned).toEqual([]);
  });

  it('forgets nothing when it is put on hold twice', () => {
    const { hold, turned } = setUp('camera');
    hold.set(true);
    hold.set(true);
    turned.length = 0;
    hold.set(false, true);
    expect(turned).toEqual(['camera on']);
  });
});

describe('subscribeToOthers', () => {
  it('says only what changed', () => {
    const publications = ['camera', 'microphone'].map((source) => ({ source, isDesired: true, setSubscribed: vi.fn() }));
    const participant = { identity: 'a', trackPublications: new Map(publications.entries()) };
    const room = { remoteParticipants: new Map([['a', participant]]) } as unknown as Room;
    subscribeToOthers(room, ({ source }) => source === ('microphone' as never));
    expect(publications[0]?.setSubscribed).toHaveBeenCalledExactlyOnceWith(false);
    expect(publications[1]?.setSubscribed).not.toHaveBeenCalled();
  });
});
