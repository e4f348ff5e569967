import { describe, expect, it } from 'vitest';
import { firstPage, pageReducer, type PageState } from './pageReducer';
import { makeSession } from './session/people.testkit';

const wish = { name: 'Ada', room: 'harbour', token: '', quiet: false };
const session = makeSession([]);
const joining: PageState = { step: 'joining', wish, needsToken: false };
const call: PageState = { step: 'call', wish, session };

describe('pageReducer', () => {
  it.each<[string, PageState, Parameters<typeof pageReducer>[1], PageState]>([
    ['joins from the form', firstPage, { type: 'join', wish }, joining],
    ['rejoins after the end', { step: 'ended', wish, cause: 'lineLost' }, { type: 'join', wish }, joining],
    ['enters', joining, { type: 'joined', session }, call],
    ['asks for a token', joining, { type: 'needsToken' }, { step: 'form', failure: null, needsToken: true }],
    [
      'keeps the field for a token after a failure',
      { ...joining, needsToken: true },
      { type: 'failed', failure: { kind: 'away' } },
      { step: 'form', failure: { kind: 'away' }, needsToken: true },
    ],
    ['shows nothing for what was taken back', joining, { type: 'failed', failure: { kind: 'cancelled' } }, firstPage],
    ['ends', call, { type: 'ended', cause: 'removed' }, { step: 'ended', wish, cause: 'removed' }],
    ['goes back to the form', { step: 'ended', wish, cause: 'left' }, { type: 'form' }, firstPage],
  ])('%s', (_, state, action, expected) => {
    expect(pageReducer(state, action)).toEqual(expected);
  });

  it('does not enter what was taken back, nor join twice', () => {
    expect(pageReducer(firstPage, { type: 'joined', session })).toBe(firstPage);
    expect(pageReducer(call, { type: 'join', wish })).toBe(call);
  });
});
