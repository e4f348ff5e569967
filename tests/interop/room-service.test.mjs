// A back end steers rooms through livekit-server-sdk while a browser is in one of them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { AccessToken, DataPacket_Kind, RoomServiceClient, TrackSource } from 'livekit-server-sdk';
import { kApiKey, kApiSecret } from './lib/server.mjs';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

const kRoom = 'managed';

const trackOf = (participant, source) => participant.tracks.find((track) => track.source === source);

test('room service', async (t) => {
  const world = await World.open(t);
  const service = world.server.roomService();
  const alice = await world.client('alice');
  const bob = await world.client('bob');

  await world.step('a room is created, listed and deleted', async () => {
    const made = await service.createRoom({ name: 'planned', emptyTimeout: 120, maxParticipants: 1, metadata: 'm' });
    assert.match(made.sid, /^RM_/);
    assert.equal(made.metadata, 'm');
    assert.equal((await service.createRoom({ name: 'planned' })).sid, made.sid);
    assert.deepEqual((await service.listRooms()).map(({ name }) => name), ['planned']);
    assert.deepEqual(await service.listRooms(['other']), []);
    await service.deleteRoom('planned');
    assert.deepEqual(await service.listRooms(), []);
  });

  await world.step('participants of a call are listed', async () => {
    for (const client of [alice, bob]) await client.join(kRoom);
    await alice.call('publishTone');
    await alice.call('publishCamera');
    await bob.video('alice');
    const [room] = await service.listRooms([kRoom]);
    assert.equal(room.numParticipants, 2);
    const identities = (await service.listParticipants(kRoom)).map(({ identity }) => identity).sort();
    assert.deepEqual(identities, ['alice', 'bob']);
    const found = await service.getParticipant(kRoom, 'alice');
    assert.equal(found.sid, await alice.call('sid'));
    assert.equal(found.tracks.length, 2);
    const camera = trackOf(found, TrackSource.CAMERA);
    assert.deepEqual([camera.width, camera.height], [640, 360]);
    await assert.rejects(service.getParticipant(kRoom, 'nobody'), { status: 404 });
  });

  await world.step("a track is muted at the server's word", async () => {
    const microphone = trackOf(await service.getParticipant(kRoom, 'alice'), TrackSource.MICROPHONE);
    const muted = await service.mutePublishedTrack(kRoom, 'alice', microphone.sid, true);
    assert.equal(muted.muted, true);
    await waitFor('bob to see the mute', async () => (await bob.call('events', 'trackMuted')).length > 0);
    await waitFor('alice to be muted', async () => {
      return (await alice.call('participant', 'alice')).tracks.find((track) => track.source === 'microphone').muted;
    });
  });

  await world.step('name, metadata and attributes are set', async () => {
    await service.updateParticipant(kRoom, 'alice', { name: 'A.', metadata: 'set', attributes: { team: 'red' } });
    const seen = await waitFor('bob to see it', async () => {
      const who = await bob.call('participant', 'alice');
      return who.metadata === 'set' && who;
    });
    assert.equal(seen.name, 'A.');
    assert.deepEqual(seen.attributes, { team: 'red' });
  });

  await world.step('the room gets metadata', async () => {
    await service.updateRoomMetadata(kRoom, 'agenda');
    await waitFor('bob to see it', async () => (await bob.call('roomInfo')).metadata === 'agenda');
  });

  await world.step('data is sent to a browser', async () => {
    const payload = new TextEncoder().encode('from the back end');
    await service.sendData(kRoom, payload, DataPacket_Kind.RELIABLE, { destinationIdentities: ['bob'], topic: 'news' });
    const [packet] = await waitFor('the packet', async () => {
      const got = await bob.call('data');
      return got.length > 0 && got;
    });
    assert.equal(packet.text, 'from the back end');
    assert.equal(packet.topic, 'news');
    assert.deepEqual(await alice.call('data'), []);
  });

  await world.step('a subscription is taken away and given back', async () => {
    const camera = trackOf(await service.getParticipant(kRoom, 'alice'), TrackSource.CAMERA);
    await service.updateSubscriptions(kRoom, 'bob', [camera.sid], false);
    await waitFor('the track to go', async () => (await bob.call('events', 'trackUnsubscribed')).length === 1);
    await service.updateSubscriptions(kRoom, 'bob', [camera.sid], true);
    await bob.video('alice');
    await bob.moreFrames('alice');
  });

  await world.step('a permission that is taken away ends what needed it', async () => {
    await service.updateParticipant(kRoom, 'alice', {
      permission: { canPublish: false, canSubscribe: true, canPublishData: true },
    });
    await waitFor("alice's tracks to go", async () => (await bob.call('participant', 'alice')).tracks.length === 0);
    await waitFor('alice to know', async () => {
      return (await alice.call('participant', 'alice')).permissions.canPublish === false;
    });
  });

  await world.step('a participant is removed, a room deleted', async () => {
    await service.removeParticipant(kRoom, 'alice');
    await waitFor('alice to be out', async () => (await alice.call('state')) === 'disconnected');
    await waitFor('bob to see it', async () => !(await bob.call('participant', 'alice')));
    await service.deleteRoom(kRoom);
    await waitFor('bob to be out', async () => (await bob.call('state')) === 'disconnected');
    assert.deepEqual(await service.listRooms([kRoom]), []);
  });

  await world.step('wrong keys and missing grants are refused', async () => {
    const { httpUrl, wsUrl } = world.server;
    await assert.rejects(new RoomServiceClient(httpUrl, kApiKey, 'wrong').listRooms(), { status: 401 });
    await assert.rejects(new RoomServiceClient(httpUrl, 'unknown', kApiSecret).listRooms(), { status: 401 });
    const bare = await fetch(`${httpUrl}/twirp/livekit.RoomService/ListRooms`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    assert.equal(bare.status, 401);
    const carol = await world.client('carol');
    const forged = await new AccessToken(kApiKey, 'wrong', { identity: 'carol' }).toJwt();
    await assert.rejects(carol.call('join', { url: wsUrl, token: forged }), /401|unauthorized|invalid|token/i);
    const unjoinable = await world.server.token('carol', kRoom, { roomJoin: false });
    await assert.rejects(carol.call('join', { url: wsUrl, token: unjoinable }));
  });
});
