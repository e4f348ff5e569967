import { expect, it } from 'vitest';
import { createCallStore, initialCall } from './callReducer';
import { createRights, rightsOf } from './rights';

// As the protocol numbers them.
const CAMERA = 1;
const MICROPHONE = 2;
const all = { microphone: true, camera: true, screen: true };
const noScreen = { ...all, screen: false };

function start() {
  const store = createCallStore(initialCall('harbour', 0));
  const said = () => store.getState().notices.map(({ text }) => text.key);
  return { store, said, rights: createRights(store) };
}

it('reads what the server lets me send', () => {
  expect(rightsOf(undefined)).toEqual(all);
  expect(rightsOf({ canPublish: true, canPublishSources: [] })).toEqual(all);
  expect(rightsOf({ canPublish: true, canPublishSources: [CAMERA, MICROPHONE] })).toEqual(noScreen);
  expect(rightsOf({ canPublish: false, canPublishSources: [] })).toEqual({ microphone: false, camera: false, screen: false });
});

it('says why something cannot be switched on; off is always free', () => {
  const { store, said, rights } = start();
  rights.update(noScreen);
  expect(store.getState().rights).toEqual(noScreen);
  expect(said()).toEqual([]);
  expect(rights.allow('microphone', true)).toBe(true);
  expect(rights.allow('screen', false)).toBe(true);
  expect(said()).toEqual([]);
  expect(rights.allow('screen', true)).toBe(false);
  expect(said()).toEqual(['rights.screen']);
});

it('says what was switched off by it, and takes the word back with the right', () => {
  const { said, rights } = start();
  rights.allow('camera', true);
  rights.allow('screen', true);
  rights.allow('screen', false);
  rights.update({ microphone: false, camera: false, screen: false });
  expect(said()).toEqual(['rights.camera']);
  rights.update(all);
  expect(said()).toEqual([]);
});
