// The server against its own contract: every operation is driven with requests that fit and with ones that do not, and
// every answer is held to the file.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { parse } from 'yaml';
import { Contract } from './lib/contract.mjs';
import { startServer } from './lib/server.mjs';

const kFile = fileURLToPath(new URL('../../api/openapi.yaml', import.meta.url));
const kPassword = 'correct horse battery';
const kNobody = '0193566b-2f10-7c3a-9d52-8a4b1c6e7f99';
// A picture of one pixel.
const kPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let server;
let api;
let ada; // the administrator
let bob;
let eve;
let room;

const call = (id, options) => api.call(id, options);
const as = (person, options = {}) => ({ token: person.token, ...options });

async function newPerson(name) {
  const email = `${name.toLowerCase()}@example.org`;
  const { body } = await call('register', { body: { email, password: kPassword, name } });
  return { id: body.user.id, email, name, token: body.accessToken, refreshToken: body.refreshToken };
}

async function send(person, content, more = {}) {
  const { body } = await call('sendMessage', as(person, { params: { roomId: room }, body: { content, ...more } }));
  return body;
}

async function upload(person, name, bytes, more = {}) {
  const metadata = Object.entries({ filename: name, ...more })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const tus = { 'tus-resumable': '1.0.0' };
  const begun = await call('createUpload', as(person, { headers: { ...tus, 'upload-length': bytes.length, 'upload-metadata': metadata } }));
  const uploadId = begun.headers.get('location').split('/').pop();
  await call('getUpload', as(person, { params: { uploadId }, headers: tus }));
  await call('continueUpload', as(person, {
    params: { uploadId }, raw: bytes,
    headers: { ...tus, 'upload-offset': 0, 'content-type': 'application/offset+octet-stream' },
  }));
  const { body } = await call('showUpload', as(person, { params: { uploadId } }));
  assert.ok(body.done, JSON.stringify(body));
  return body.fileId;
}

before(async () => {
  server = await startServer();
  const answer = await fetch(`${server.url}/api/v1/openapi.json`);
  api = new Contract(await answer.json(), server.url);
  ada = await newPerson('Ada');
  bob = await newPerson('Bob');
  eve = await newPerson('Eve');
  const made = await call('createRoom', as(ada, { body: { name: 'Harbour', type: 'group', visibility: 'private', memberIds: [bob.id] } }));
  assert.equal(made.status, 201);
  room = made.body.id;
});
after(() => server?.end());

test('the file that is served is the one in the tree', async () => {
  const tree = await readFile(kFile, 'utf8');
  const served = await call('getOpenApiYaml');
  assert.equal(served.text, tree);
  assert.deepEqual((await call('getOpenApiJson')).body, parse(tree));
});

test('every schema compiles and its examples fit', () => api.checkSchemas());

test('every route is in the file and every operation of the file is a route', async () => {
  const normal = (method, path) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`;
  const { body } = await call('adminRoutes', as(ada));
  const routes = body.items.map(({ method, path }) => normal(method, path)).sort();
  const described = [...api.operations.values()].map(({ method, path }) => normal(method, path)).sort();
  assert.deepEqual(routes, described);
});

const kOffer = [
  'v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0', 'a=ice-ufrag:clie', 'a=ice-pwd:clientclientclientclient', 'a=setup:actpass', 'a=mid:0', 'a=sctp-port:5000',
  `a=fingerprint:sha-256 ${Array(32).fill('AA').join(':')}`, '',
].join('\r\n');

test('network checks: a connection over one protocol, and an upload', async () => {
  for (const protocol of ['udp', 'tcp']) {
    const { body } = await call('checkNetwork', as(ada, { body: { sdp: kOffer, protocol } }));
    const candidates = body.sdp.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
    assert.ok(candidates.length > 0);
    assert.ok(candidates.every((line) => line.split(' ')[2] === protocol), body.sdp);
  }
  const refused = await call('checkNetwork', as(ada, { body: { sdp: 'v=1', protocol: 'udp' }, status: 400 }));
  assert.equal(refused.body.field, 'sdp');
  await call('checkNetwork', { body: { sdp: kOffer, protocol: 'udp' }, status: 401 });
  const octets = { 'content-type': 'application/octet-stream' };
  await call('checkUpload', as(ada, { raw: new Uint8Array(262_144), headers: octets }));
  await call('checkUpload', as(ada, { raw: new Uint8Array(262_145), headers: octets, status: 413 }));
  await call('checkUpload', { raw: new Uint8Array(10), headers: octets, status: 401 });
});

test('server: configuration, health, version', async () => {
  const { body } = await call('getConfig');
  assert.equal(body.registration, 'open');
  assert.equal((await call('getHealth')).body.database, 'ok');
  assert.equal((await call('getVersion')).body.api, 'v1');
});

test('auth: log-in, refresh, passwords, guests', async () => {
  const { body } = await call('login', { body: { email: bob.email, password: kPassword } });
  await call('login', { body: { email: bob.email, password: 'wrong' }, status: 401 });
  await call('register', { body: { email: bob.email, password: kPassword, name: 'Bob' }, status: 409 });
  const renewed = (await call('refresh', { body: { refreshToken: body.refreshToken } })).body;
  await call('refresh', { body: { refreshToken: 'unknown' }, status: 401 });
  await call('changePassword', { token: renewed.accessToken, body: { currentPassword: kPassword, newPassword: 'another fine horse' } });
  await call('changePassword', { token: renewed.accessToken, body: { currentPassword: 'wrong', newPassword: kPassword }, status: 401 }).catch(
    (error) => { if (!/answered (400|403)/.test(error.message)) throw error; });
  await call('logout', { token: renewed.accessToken });
  const again = (await call('login', { body: { email: bob.email, password: 'another fine horse' } })).body;
  await call('logoutAll', { token: again.accessToken });
  await call('getMe', { token: again.accessToken, status: 401 });
  const last = (await call('login', { body: { email: bob.email, password: 'another fine horse' } })).body;
  bob.token = last.accessToken;
  await call('listProviders');
  await call('startOidc', { params: { provider: 'nowhere' }, status: 404 });
  assert.ok((await fetch(`${server.url}/api/v1/auth/oidc/callback?state=x&code=y`)).status >= 400);
  await call('exchangeOidcCode', { body: { code: 'unknown' }, status: 401 });
});

test('me: profile, picture, sessions, export', async () => {
  await call('getMe', as(ada));
  const changed = await call('updateMe', as(ada, { body: { name: 'Ada L.', statusText: 'in the lab', locale: 'en' } }));
  assert.equal(changed.body.name, 'Ada L.');
  const set = await call('setAvatar', as(ada, { raw: kPng, headers: { 'content-type': 'image/png' } }));
  const avatar = set.body.avatarUrl.split('/').pop();
  assert.deepEqual((await call('getAvatar', { params: { avatar } })).bytes, kPng);
  await call('setAvatar', as(ada, { raw: '<svg/>', headers: { 'content-type': 'image/svg+xml' }, status: 415 }));
  await call('getAvatar', { params: { avatar: 'f'.repeat(64) }, status: 404 });
  await call('deleteAvatar', as(ada));
  const { body } = await call('listSessions', as(ada));
  assert.equal(body.items.filter((one) => one.current).length, 1);
  const other = (await call('login', { body: { email: ada.email, password: kPassword } })).body;
  const sessions = (await call('listSessions', { token: other.accessToken })).body.items;
  await call('endSession', as(ada, { params: { sessionId: sessions.find((one) => one.current).id } }));
  await call('getMe', { token: other.accessToken, status: 401 });
  await call('endSession', as(ada, { params: { sessionId: kNobody }, status: 404 }));
  const exported = await call('exportMe', as(ada));
  assert.equal(exported.body.account.id, ada.id);
  const gone = await newPerson('Gone');
  await call('deleteMe', as(gone, { body: { password: kPassword } }));
  await call('getMe', as(gone, { status: 401 }));
});

test('users and presence', async () => {
  const { body } = await call('searchUsers', as(ada, { query: { q: 'b', limit: 10 } }));
  assert.ok(body.items.some((one) => one.id === bob.id));
  await call('getUser', as(bob, { params: { userId: ada.id } }));
  await call('getUser', as(bob, { params: { userId: kNobody }, status: 404 }));
  await call('setPresence', as(bob, { body: { status: 'busy' } }));
  await call('getUserPresence', as(ada, { params: { userId: bob.id } }));
  await call('getUserPresence', as(eve, { params: { userId: bob.id }, status: 404 }));
  await call('listPresence', as(ada, { query: { userIds: `${ada.id},${bob.id}` } }));
});

test('rooms and members', async () => {
  await call('listRooms', as(ada, { query: { limit: 5 } }));
  await call('getRoom', as(ada, { params: { roomId: room } }));
  await call('getRoom', as(eve, { params: { roomId: room }, status: 404 }));
  const changed = await call('updateRoom', as(ada, { params: { roomId: room }, body: { topic: 'Tides', flag: 'band', retentionDays: 30 } }));
  assert.equal(changed.body.topic, 'Tides');
  await call('updateRoom', as(bob, { params: { roomId: room }, body: { topic: 'Mine' }, status: 403 }));
  await call('updateRoom', as(ada, { params: { roomId: room }, body: { retentionDays: 0 } }));
  const direct = { type: 'direct', memberIds: [bob.id] };
  const first = await call('createRoom', as(ada, { body: direct }));
  const second = await call('createRoom', as(ada, { body: direct }));
  assert.deepEqual([first.status, second.status], [201, 200]);
  const open = (await call('createRoom', as(ada, { body: { name: 'Quay', visibility: 'public' } }))).body.id;
  const listed = await call('listPublicRooms', as(eve));
  assert.ok(listed.body.items.some((one) => one.id === open && one.role === null));
  await call('joinRoom', as(eve, { params: { roomId: open } }));
  await call('leaveRoom', as(eve, { params: { roomId: open } }));
  await call('joinRoom', as(eve, { params: { roomId: room }, status: 404 }));
  await call('listMembers', as(bob, { params: { roomId: room } }));
  const added = await call('addMember', as(ada, { params: { roomId: room }, body: { userId: eve.id, role: 'member' } }));
  assert.equal(added.status, 201);
  await call('addMember', as(ada, { params: { roomId: room }, body: { userId: eve.id }, status: 409 }));
  await call('changeMember', as(ada, { params: { roomId: room, userId: eve.id }, body: { role: 'moderator' } }));
  await call('removeMember', as(bob, { params: { roomId: room, userId: eve.id }, status: 403 }));
  await call('removeMember', as(ada, { params: { roomId: room, userId: eve.id } }));
  await call('deleteRoom', as(bob, { params: { roomId: open }, status: 403 }));
  await call('deleteRoom', as(ada, { params: { roomId: open } }));
  const exported = await call('exportRoom', as(ada, { params: { roomId: room } }));
  assert.ok(exported.body.chat);
});

test('invitations and guest links', async () => {
  const made = (await call('createInvitation', as(ada, { params: { roomId: room }, body: { maxUses: 2 } }))).body;
  await call('listInvitations', as(ada, { params: { roomId: room } }));
  const entered = await call('acceptInvitation', as(eve, { body: { token: made.token } }));
  assert.equal(entered.body.roomId, room);
  await call('acceptInvitation', as(eve, { body: { token: 'unknown' }, status: 404 }));
  await call('revokeInvitation', as(ada, { params: { invitationId: made.id } }));
  await call('removeMember', as(ada, { params: { roomId: room, userId: eve.id } }));
  const link = (await call('createGuestLink', as(ada, { params: { roomId: room }, body: { password: 'spring tide' } }))).body;
  await call('listGuestLinks', as(ada, { params: { roomId: room } }));
  await call('viewGuestLink', { params: { token: link.token } });
  await call('viewGuestLink', { params: { token: 'unknown' }, status: 404 });
  const guest = await call('enterAsGuest', { body: { token: link.token, name: 'Visitor', password: 'spring tide' } });
  assert.equal(guest.body.roomId, room);
  await call('enterAsGuest', { body: { token: 'unknown', name: 'Visitor' }, status: 404 });
  await call('revokeGuestLink', as(ada, { params: { linkId: link.id } }));
  await call('getMe', { token: guest.body.accessToken, status: 401 });
});

test('messages, threads, reactions, pins, how far people have read', async () => {
  const first = await send(ada, 'High water at nine', { clientId: 'one' });
  const repeated = await call('sendMessage', as(ada, { params: { roomId: room }, body: { content: 'High water', clientId: 'one' } }));
  assert.deepEqual([repeated.status, repeated.body.id], [200, first.id]);
  const at = { roomId: room, messageId: first.id };
  await send(bob, `I come @ada`, { replyTo: first.id });
  await send(bob, 'In the thread', { threadId: first.id });
  const page = (await call('listMessages', as(bob, { params: { roomId: room }, query: { limit: 2 } }))).body;
  assert.equal(page.items.length, 2);
  await call('listMessages', as(bob, { params: { roomId: room }, query: { before: page.nextCursor, limit: 2 } }));
  await call('listMessages', as(bob, { params: { roomId: room }, query: { around: first.seq } }));
  await call('listMessages', as(eve, { params: { roomId: room }, status: 404 }));
  await call('sendMessage', as(eve, { params: { roomId: room }, body: { content: 'x' }, status: 404 }));
  await call('getMessage', as(bob, { params: at }));
  await call('getMessage', as(eve, { params: at, status: 404 }));
  await call('editMessage', as(ada, { params: at, body: { content: 'High water at ten' } }));
  await call('editMessage', as(bob, { params: at, body: { content: 'x' }, status: 403 }));
  await call('addReaction', as(bob, { params: { ...at, emoji: '👍' } }));
  await call('removeReaction', as(bob, { params: { ...at, emoji: '👍' } }));
  const thread = (await call('getThread', as(bob, { params: at }))).body;
  assert.equal(thread.items.length, 1);
  assert.equal((await call('listThreads', as(bob, { params: { roomId: room } }))).body.items[0].id, first.id);
  await call('pinMessage', as(ada, { params: at }));
  assert.equal((await call('listPins', as(bob, { params: { roomId: room } }))).body.items.length, 1);
  await call('unpinMessage', as(ada, { params: at }));
  await call('removeLinkPreview', as(ada, { params: at }));
  await call('removeLinkPreview', as(bob, { params: at, status: 403 }));
  const read = await call('markRead', as(bob, { params: { roomId: room }, body: { seq: first.seq } }));
  assert.equal(read.body.seq, first.seq);
  await call('listReceipts', as(ada, { params: { roomId: room } }));
  await call('followThread', as(ada, { params: at }));
  await call('unfollowThread', as(ada, { params: at }));
  const wishes = await call('setRoomPreferences', as(bob, { params: { roomId: room }, body: { muted: true, notify: 'mentions' } }));
  assert.deepEqual([wishes.body.starred, wishes.body.muted, wishes.body.notify], [false, true, 'mentions']);
  await call('setRoomPreferences', as(eve, { params: { roomId: room }, body: { muted: true }, status: 403 }));
  await call('listInbox', as(bob));
  await call('markInboxRead', as(bob));
  const found = (await call('search', as(bob, { query: { q: 'water' } }))).body;
  assert.ok(found.items.some((one) => one.messageId === first.id));
  assert.deepEqual((await call('search', as(eve, { query: { q: 'water' } }))).body.items, []);
  const last = await send(ada, 'Not this');
  await call('deleteMessage', as(ada, { params: { roomId: room, messageId: last.id } }));
});

test('calls', async () => {
  const started = (await call('startCall', as(ada, { params: { roomId: room }, body: { type: 'video' } }))).body;
  const at = { callId: started.call.id };
  await call('startCall', as(eve, { params: { roomId: room }, status: 404 }));
  assert.equal((await call('getCurrentCall', as(bob, { params: { roomId: room } }))).body.call.id, at.callId);
  await call('getCall', as(bob, { params: at }));
  await call('getCall', as(bob, { params: { callId: kNobody }, status: 404 }));
  await call('acceptCall', as(bob, { params: at }));
  await call('getInCallState', as(bob, { params: at }));
  await call('ringCall', as(ada, { params: at, body: { userIds: [bob.id] } }));
  await call('changeCall', as(ada, { params: at, body: { locked: true } }));
  await call('changeCall', as(bob, { params: at, body: { locked: false }, status: 403 }));
  const allowed = await call('changeCall', as(ada, { params: at, body: { allowed: { screenShare: false } } }));
  assert.deepEqual(allowed.body.allowed, { microphone: true, camera: true, screenShare: false });
  await call('changeCall', as(bob, { params: at, body: { allowed: { screenShare: true } }, status: 403 }));
  await call('muteParticipant', as(bob, { params: { ...at, userId: ada.id }, status: 403 }));
  const muted = await fetch(`${server.url}/api/v1/calls/${at.callId}/participants/${bob.id}/mute`, {
    method: 'POST', headers: { authorization: `Bearer ${ada.token}` } });
  await api.check('muteParticipant', muted);
  await call('removeParticipant', as(ada, { params: { ...at, userId: bob.id } }));
  await call('knock', as(bob, { params: at }));
  assert.equal((await call('listLobby', as(ada, { params: at }))).body.items[0].userId, bob.id);
  await call('turnAway', as(ada, { params: { ...at, userId: bob.id } }));
  await call('knock', as(bob, { params: at }));
  await call('stopKnocking', as(bob, { params: at }));
  await call('knock', as(bob, { params: at }));
  await call('admit', as(ada, { params: { ...at, userId: bob.id } }));
  await call('acceptCall', as(bob, { params: at }));
  const live = (await call('adminListCalls', as(ada))).body.items;
  assert.equal(live[0].call.id, at.callId);
  assert.deepEqual(live[0].participants, []); // nobody has media here
  await call('leaveCall', as(bob, { params: at }));
  await call('endCall', as(ada, { params: at, body: { forAll: true } }));
  assert.equal((await call('getCurrentCall', as(bob, { params: { roomId: room } }))).body.call, null);
  // Only who is connected is rung, and may decline.
  const phone = io(server.url, { auth: { token: bob.token } });
  const rings = new Promise((resolve) => phone.once('incoming-call', resolve));
  await new Promise((resolve) => phone.once('connect', resolve));
  const first = (await call('startCall', as(ada, { params: { roomId: room }, body: { type: 'audio' } }))).body;
  await rings;
  await call('declineCall', as(bob, { params: { callId: first.call.id } }));
  const ringing = { callId: (await call('startCall', as(ada, { params: { roomId: room }, body: { type: 'audio' } }))).body.call.id };
  phone.close();
  const ended = await fetch(`${server.url}/api/v1/calls/${ringing.callId}/cancel`, {
    method: 'POST', headers: { authorization: `Bearer ${ada.token}` } });
  await api.check('cancelCall', ended);
  const { body } = await call('listCalls', as(bob, { query: { limit: 10 } }));
  assert.ok(body.items.length >= 2);
});

test('uploads and files', async () => {
  await call('describeUploads');
  const fileId = await upload(ada, 'tides.txt', Buffer.from('High water at nine.\n'), { roomId: room });
  const at = { fileId };
  await call('describeUpload', { params: { uploadId: kNobody } });
  const tus = { 'tus-resumable': '1.0.0' };
  const begun = await call('createUpload', as(ada, { headers: { ...tus, 'upload-length': 5, 'upload-metadata': `filename ${btoa('x.txt')}` } }));
  const uploadId = begun.headers.get('location').split('/').pop();
  const patched = await fetch(`${server.url}/api/v1/uploads/${uploadId}`, {
    method: 'POST', body: 'abc', headers: { ...tus, authorization: `Bearer ${ada.token}`, 'x-http-method-override': 'PATCH',
      'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } });
  await api.check('overrideUpload', patched);
  assert.equal(patched.status, 204);
  await call('terminateUpload', as(ada, { params: { uploadId }, headers: tus }));
  await call('getUpload', as(ada, { params: { uploadId }, headers: tus, status: 404 }));

  await call('getFile', as(bob, { params: at }));
  await call('getFile', as(eve, { params: at, status: 404 }));
  await call('listFiles', as(ada));
  await call('listFiles', as(eve, { query: { shared: true } }));
  await call('listRoomFiles', as(bob, { params: { roomId: room } }));
  await call('renameFile', as(ada, { params: at, body: { name: 'tides-2026.txt' } }));
  const content = await call('getFileContent', as(bob, { params: at }));
  assert.equal(content.text, 'High water at nine.\n');
  const part = await call('getFileContent', as(bob, { params: at, headers: { range: 'bytes=0-3' }, status: 206 }));
  assert.equal(part.text, 'High');
  await call('getFileContent', as(bob, { params: at, headers: { 'if-none-match': content.headers.get('etag') }, status: 304 }));
  await call('getFileContent', { params: at, status: 401 });
  await call('getFilePreview', as(bob, { params: { ...at, size: 'text' } }));
  await call('getFilePreview', as(bob, { params: { ...at, size: '7' }, status: 404 }));
  await upload(ada, 'tides.txt', Buffer.from('High water at ten.\n'), { fileId });
  assert.equal((await call('listFileVersions', as(bob, { params: at }))).body.items.length, 2);
  assert.equal((await call('restoreFileVersion', as(ada, { params: { ...at, version: 1 } }))).body.version, 3);
  const granted = await call('createGrant', as(ada, { params: at, body: { kind: 'user', userId: eve.id } }));
  await call('getFile', as(eve, { params: at }));
  const link = (await call('createGrant', as(ada, { params: at, body: { kind: 'link', password: 'spring tide' } }))).body;
  await call('listGrants', as(ada, { params: at }));
  const token = { token: link.token };
  await call('getSharedFile', { params: token, status: 401 });
  const shared = (await call('openSharedFile', { params: token, body: { password: 'spring tide' } })).body;
  assert.equal((await fetch(new URL(shared.url, server.url))).status, 200);
  const free = (await call('createGrant', as(ada, { params: at, body: { kind: 'link' } }))).body;
  await call('getSharedFile', { params: { token: free.token } });
  await call('getSharedContent', { params: { token: free.token } });
  await call('getSharedContent', { params: { token: 'unknown' }, status: 404 });
  await call('revokeGrant', as(ada, { params: { ...at, grantId: granted.body.id } }));
  await call('getFile', as(eve, { params: at, status: 404 }));
  const signed = (await call('signFileUrl', as(bob, { params: at, body: { download: true } }))).body;
  assert.equal((await fetch(new URL(signed.url, server.url))).status, 200);
  await call('listDownloads', as(ada, { params: at }));
  await send(ada, 'the table', { fileIds: [fileId] });
  await call('listMessages', as(bob, { params: { roomId: room } }));
  await call('search', as(bob, { query: { q: 'tides' } }));
  await call('deleteFile', as(bob, { params: at, status: 403 }));
  await call('deleteFile', as(ada, { params: at }));
});

test('administration', async () => {
  await call('adminOverview', as(ada));
  await call('adminOverview', as(bob, { status: 403 }));
  const made = (await call('adminCreateUser', as(ada, { body: { email: 'new@example.org', password: kPassword, name: 'New' } }))).body;
  const at = { userId: made.id };
  await call('adminListUsers', as(ada, { query: { q: 'new', guests: true } }));
  await call('adminChangeUser', as(ada, { params: at, body: { role: 'admin' } }));
  await call('adminChangeUser', as(ada, { params: at, body: { role: 'user', disabled: true } }));
  await call('adminChangeUser', as(ada, { params: { userId: kNobody }, body: { disabled: true }, status: 404 }));
  await call('adminResetPassword', as(ada, { params: at, body: { password: 'yet another horse' } }));
  await call('adminLogoutUser', as(ada, { params: at }));
  await call('adminDeleteUser', as(ada, { params: at }));
  await call('adminCreateInvitation', as(ada, { body: { maxUses: 1 } }));
  await call('adminListInvitations', as(ada));
  const rooms = (await call('adminListRooms', as(ada, { query: { limit: 1 } }))).body;
  await call('adminListRooms', as(ada, { query: { cursor: rooms.nextCursor } }));
  const { body: doomed } = await call('createRoom', as(bob, { body: { name: 'Doomed' } }));
  await call('adminDeleteRoom', as(ada, { params: { roomId: doomed.id } }));
  await call('adminStorage', as(ada));
  const log = (await call('adminAuditLog', as(ada, { query: { actorId: ada.id } }))).body;
  assert.ok(log.items.some((one) => one.action === 'user.delete'));
  await call('adminSettings', as(ada));
  await call('adminListDeadLetters', as(ada));
  await call('adminRetryDeadLetter', as(ada, { params: { delivery: randomUUID() }, status: 404 }));
  await call('adminDropDeadLetter', as(ada, { params: { delivery: randomUUID() }, status: 404 }));
});

// ---- what does not fit ----

const ids = (id) => Object.fromEntries(api.operation(id).parameters.filter((p) => p.in === 'path').map((p) => [p.name, p.name === 'version' ? 1 : kNobody]));
const withToken = (operation) => operation.security.length === 1;
const json = (operation) => operation.requestBody?.content['application/json'];

test('requests without a token, or with a wrong one, are refused', async () => {
  for (const [id, { operation }] of api.operations) {
    if (!withToken(operation)) continue;
    const headers = { 'tus-resumable': '1.0.0', 'upload-offset': 0, 'upload-length': 1, 'x-http-method-override': 'PATCH' };
    for (const token of [undefined, 'x', randomBytes(200).toString('base64url')]) {
      const raw = operation.requestBody && !json(operation) ? 'x' : undefined;
      await call(id, { params: ids(id), token, headers, raw, invalid: true, status: 401 });
    }
  }
});

test('ids that are none are refused', async () => {
  for (const [id, { operation, parameters }] of api.operations) {
    for (const { name } of parameters.filter((p) => p.in === 'path' && p.name.endsWith('Id'))) {
      if (!withToken(operation) || name === 'uploadId') continue;
      const params = { ...ids(id), [name]: 'no-id' };
      const { status } = await call(id, { params, token: ada.token, invalid: true, status: 400 }).catch(async (error) => {
        // Parts that look a thing up by whatever they are given have not found it.
        if (/answered 404/.test(error.message)) return { status: 404 };
        throw error;
      });
      assert.ok(status === 400 || status === 404, `${id}: ${status}`);
    }
  }
});

test('bodies without a needed member, or with one of another type, name it', async () => {
  for (const [id, { operation }] of api.operations) {
    if (!json(operation)) continue;
    const schema = api.resolve(json(operation).schema);
    const valid = schema.examples?.[0];
    for (const body of [[], 'text', 5]) await refused(id, body);
    const whole = { ...valid };
    for (const [name, member] of Object.entries(schema.properties)) {
      if (schema.required?.includes(name) && valid) {
        const { [name]: _, ...rest } = whole;
        await refused(id, rest, name);
      }
      const wrong = wrongValue(api.resolve(member));
      if (wrong !== undefined && (valid || !schema.required?.length)) await refused(id, { ...whole, [name]: wrong }, name);
    }
  }
});

function wrongValue(schema) {
  if (Array.isArray(schema.type)) return undefined;
  if (schema.enum) return 'none-of-these';
  return { string: 5, integer: 'x', boolean: 'x', array: 'x', number: 'x' }[schema.type];
}

async function refused(id, body, field) {
  const { operation } = api.operation(id);
  assert.ok(!api.fits(id, body), `${id}: ${JSON.stringify(body)} fits`);
  const token = withToken(operation) ? ada.token : undefined;
  const answer = await call(id, { params: ids(id), token, body, invalid: true, status: 400 });
  if (field) assert.equal(answer.body.field?.replace(/\[.*/, ''), field, `${id}: ${answer.text}`);
}

test('query parameters out of their bounds are refused', async () => {
  for (const [id, { operation, parameters }] of api.operations) {
    for (const parameter of parameters.filter((p) => p.in === 'query')) {
      const schema = api.resolve(parameter.schema);
      const wrong = schema.type === 'integer' ? '-1' : schema.enum ? 'none' : schema.pattern ? 'x' : undefined;
      if (wrong === undefined || !withToken(operation)) continue;
      const query = { ...(id === 'search' ? { q: 'x' } : {}), [parameter.name]: wrong };
      const answer = await call(id, { params: ids(id), query, token: ada.token, invalid: true, status: 400 });
      assert.equal(answer.body.field, parameter.name, id);
    }
  }
});

test('every operation was driven to success and to a refusal', () => {
  // They need a provider, a webhook that fails, or somebody's microphone; tests of their own drive them.
  const elsewhere = ['muteParticipant', 'startOidc', 'finishOidc', 'exchangeOidcCode', 'adminRetryDeadLetter', 'adminDropDeadLetter'];
  // Nothing about them can be wrong.
  const plain = ['getConfig', 'getHealth', 'getVersion', 'getOpenApiYaml', 'getOpenApiJson', 'listProviders', 'describeUploads', 'describeUpload'];
  for (const id of api.operations.keys()) {
    const statuses = [...(api.seen.get(id) ?? [])];
    if (!elsewhere.includes(id)) assert.ok(statuses.some((s) => s < 400), `${id} never succeeded: ${statuses}`);
    if (!plain.includes(id) && id !== 'finishOidc') assert.ok(statuses.some((s) => s >= 400), `${id} was never refused: ${statuses}`);
  }
});
