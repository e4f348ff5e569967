// An agent of LiveKit's kind in a call, before a browser of its own: it writes down what others say.
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const kClient = fileURLToPath(new URL('../../../web/node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url));
// The key of a server in developer mode.
const [kKey, kSecret] = ['devkey', 'secret'];

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokenFor(identity, room, { agent, recorder }) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: kKey, sub: identity, nbf: now, exp: now + 3600, video: { roomJoin: true, room, agent, recorder, hidden: recorder }, ...(agent && { kind: 'agent' }) };
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${body}.${createHmac('sha256', kSecret).update(body).digest('base64url')}`;
}

/** The name by which the media plane knows the call of a room. */
export async function mediaRoomOf(account, room) {
  const { media } = await account.api.post(`/rooms/${room.id}/call`, { type: 'audio', ring: false });
  return JSON.parse(Buffer.from(media.token.split('.')[1], 'base64url').toString()).video.room;
}

/** `writes(name, id, text)`: the sentence `id` of somebody reads so now. Without `agent` it is anybody who only claims to know; a `recorder` keeps what it hears. */
export async function callAgent(person, server, room, { identity = 'scribe', agent = true, recorder = false } = {}) {
  const context = await person.context.browser().newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${server.url}/signin`);
  await page.addScriptTag({ path: kClient });
  await page.evaluate(
    async ([url, access]) => {
      window.room = new window.LivekitClient.Room();
      await window.room.connect(url, access);
    },
    [server.url.replace(/^http/, 'ws'), tokenFor(identity, room, { agent, recorder })],
  );
  return {
    leaves: () => context.close(),
    writes: (name, id, text, final = true) =>
      page.evaluate(
        async ([who, segment, words, done]) => {
          const speaker = [...window.room.remoteParticipants.values()].find((one) => one.name === who);
          const track = [...speaker.trackPublications.values()].find(({ kind }) => kind === 'audio').trackSid;
          const attributes = { 'lk.segment_id': segment, 'lk.transcribed_track_id': track, 'lk.transcription_final': String(done) };
          await window.room.localParticipant.sendText(words, { topic: 'lk.transcription', attributes });
        },
        [name, id, text, final],
      ),
  };
}
