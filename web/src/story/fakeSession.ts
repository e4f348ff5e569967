import { createStore } from '@/shared/state/store';
import { firstView, viewReducer } from '@/features/call/view/viewReducer';
import { createCallStore, initialCall } from '@/features/call/session/callReducer';
import type { CallSession, Person, Picture } from '@/features/call/session/types';

/** A moving picture out of a canvas: a soft light in one hue and a shape in front of it. */
function paintedPicture(id: string, hue: number, width: number, height: number, wide = false): Picture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const paint = () => {
    if (!context) return;
    if (wide) {
      context.fillStyle = '#fbfcfb';
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#24343a';
      context.font = `600 ${height / 22}px sans-serif`;
      context.fillText('Bow ramp at low water', width * 0.06, height * 0.12);
      context.strokeStyle = '#24343a';
      context.lineWidth = 2;
      context.strokeRect(width * 0.03, height * 0.04, width * 0.94, height * 0.92);
      context.fillRect(width * 0.1, height * 0.6, width * 0.5, 4);
      return;
    }
    const light = context.createRadialGradient(width * 0.3, height * 0.1, 0, width * 0.3, height * 0.1, width);
    light.addColorStop(0, `hsl(${hue} 30% 52%)`);
    light.addColorStop(1, `hsl(${hue} 45% 18%)`);
    context.fillStyle = light;
    context.fillRect(0, 0, width, height);
    context.fillStyle = `hsl(${hue} 45% 24%)`;
    context.beginPath();
    context.ellipse(width / 2, height * 1.12, width * 0.3, height * 0.5, 0, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = `hsl(${hue} 30% 66%)`;
    context.beginPath();
    context.ellipse(width / 2, height * 0.44, width * 0.09, height * 0.2, 0, 0, Math.PI * 2);
    context.fill();
  };
  paint();
  const stream = canvas.captureStream(5);
  setInterval(paint, 200);
  return {
    id,
    attach: (element) => {
      element.srcObject = stream;
      return () => {
        element.srcObject = null;
      };
    },
  };
}

const names = [
  'Jonas Vik',
  'Nadia Okonjo',
  'Leila Haddad',
  'Kaito Mori',
  'Priya Raman',
  'Samir Aziz',
  'Greta Lindqvist',
  'Tomás Rueda',
];

function person(name: string, index: number, change: Partial<Person> = {}): Person {
  return {
    identity: `person-${index}`,
    name,
    me: false,
    microphone: true,
    speaking: false,
    weak: false,
    away: false,
    camera: paintedPicture(`camera-${index}`, (index * 47 + 200) % 360, 640, 360),
    cameraOn: change.camera !== null,
    cameraSid: '',
    mirrored: change.me ?? false,
    cameraPaused: false,
    screen: null,
    screenSurface: null,
    screenPaused: false,
    joinedAt: index,
    ...change,
  };
}

const special: Readonly<Record<string, Partial<Person>>> = {
  'Nadia Okonjo': { microphone: false },
  'Leila Haddad': { speaking: true },
  'Kaito Mori': { microphone: false },
  'Samir Aziz': { microphone: false, camera: null },
  'Greta Lindqvist': { weak: true },
  'Tomás Rueda': { microphone: false },
};

/** A call that is all show: `others` people and me, without any server. */
export function fakeSession(others: number, { share = false, muted = false, camera = true } = {}): CallSession {
  const store = createCallStore(initialCall('Ferry 3 launch', Date.now() - 1_450_000));
  const people = Array.from({ length: others }, (_, index) => {
    const name = names[index % names.length] ?? 'Guest';
    return person(name, index, special[name]);
  });
  let me = person('Ines Albrecht', others, { me: true, microphone: !muted, ...(camera ? {} : { camera: null }) });
  const myCamera = me.camera;
  const first = people[0];
  if (share && first) people[0] = { ...first, screen: paintedPicture('screen', 0, 1600, 900, true) };
  const show = () => store.dispatch({ type: 'people', people: [...people, me] });
  show();

  const toggle: CallSession['toggle'] = (kind) => {
    if (kind === 'microphone') me = { ...me, microphone: !me.microphone };
    if (kind === 'camera') me = { ...me, camera: me.camera ? null : myCamera, cameraOn: !me.camera };
    if (kind === 'screen') me = { ...me, screen: me.screen ? null : paintedPicture('mine', 0, 1600, 900, true) };
    show();
  };
  return {
    store,
    view: createStore(viewReducer, firstView),
    watch: () => undefined,
    screen: { pause: () => undefined, setContent: () => undefined, tab: () => null },
    watchAlso: () => undefined,
    words: { tell: () => undefined, on: () => () => undefined },
    mutedBy: () => undefined,
    devices: { toggleBlur: () => undefined,
      noBlur: () => undefined, setNoise: () => undefined, flip: () => undefined },
    toggle,
    set: (kind, on) => {
      const now = kind === 'microphone' ? me.microphone : Boolean(kind === 'camera' ? me.camera : me.screen);
      if (now !== on) toggle(kind);
    },
    selectDevice: () => undefined,
    hold: () => undefined,
    soundOnly: () => undefined,
    startAudio: () => store.dispatch({ type: 'dismiss', id: 'sound' }),
    tracks: () => Promise.resolve([]),
    level: () => Math.random(),
    leave: () => store.dispatch({ type: 'ended', cause: 'left' }),
  };
}
