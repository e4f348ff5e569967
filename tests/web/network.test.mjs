// Before a call: what the network lets through, found out by connections over one protocol at a time.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

/** A firewall for the page: no connection finds a way over UDP. */
function forbidUdp() {
  const { setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    const sdp = description.sdp.replaceAll(/a=candidate:\S+ \d+ udp .*\r\n/gi, '');
    return setRemoteDescription.call(this, { type: description.type, sdp });
  };
}

test('the network before a call', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Bob']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, bob] = [
    await world.person('Ann', { account: accounts[0] }),
    await world.person('Bob', { account: accounts[1], scripts: [forbidUdp] }),
  ];
  const check = (person) => person.page.getByRole('region', { name: person.t('net.title') });

  await world.step('all gets through, and how much can be sent is said', async () => {
    await ann.open(`/r/${room.id}/call`);
    for (const word of ['net.server', 'net.events', 'net.udp', 'net.tcp']) {
      await check(ann).getByText(ann.t(word), { exact: true }).waitFor();
    }
    await check(ann).getByText(/^Upload of [\d.]+ Mbit\/s or more$/).waitFor();
    await check(ann).getByRole('status').filter({ hasText: /^(Good|Works, slowly)$/ }).waitFor();
  });

  await world.step('UDP is blocked: that is named, with what it means', async () => {
    await bob.open(`/r/${room.id}/call`);
    await check(bob).getByText(bob.t('net.udpNot'), { exact: true }).waitFor();
    await check(bob).getByText(bob.t('net.udpNotWhy'), { exact: true }).waitFor();
    await check(bob).getByText(bob.t('net.tcp'), { exact: true }).waitFor();
    assert.equal(await check(bob).getByRole('status').textContent(), bob.t('net.detour'));
  });

  await world.step('joining never waits for it, and the call does go over TCP', async () => {
    await ann.button('Join').click();
    await bob.button('Answer').click();
    await Promise.all([ann.sees(1), bob.sees(1)]);
    await bob.page.getByText(/^This network blocks UDP\. Your call goes over TCP port \d+/).waitFor();
  });
});
