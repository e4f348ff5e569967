// People in a call, each a Chromium page with the harness of tests/interop around livekit-client.
import { launchChromium } from '../../interop/lib/browser.mjs';
import { serveSite } from '../../interop/lib/site.mjs';
import { waitFor } from './server.mjs';

/** Runs in the page before anything else: connections are kept in sight, and stay open when the client closes them. */
function keepConnections() {
  const made = [];
  window.connectionsMade = made;
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...args) {
      super(...args);
      made.push(this);
    }
    close() {}
  };
}

/** When the last RTP packet came (ms since the epoch), and how many have come. Runs in the page. */
async function arrivals() {
  let last = 0;
  let packets = 0;
  for (const connection of window.connectionsMade) {
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type !== 'inbound-rtp') continue;
      last = Math.max(last, entry.lastPacketReceivedTimestamp ?? 0);
      packets += entry.packetsReceived;
    }
  }
  return { last, packets };
}

class CallPage {
  constructor(page, userId) {
    this.page = page;
    this.userId = userId;
  }
  call(name, ...args) {
    return this.page.evaluate(({ name, args }) => window.harness[name](...args), { name, args });
  }
  arrivals() {
    return this.page.evaluate(arrivals);
  }
  received(from, source = 'camera') {
    return this.call('received', from, source);
  }
}

/** Opens a call in the room and brings everybody into it with camera and microphone; all see each other. */
export async function openCall(room, people) {
  const site = await serveSite();
  const browser = await launchChromium();
  const pages = [];
  const end = async () => {
    await browser.close();
    await site.close();
  };
  try {
    let callId;
    for (const person of people) {
      const { call, media } = await person.api.post(`/rooms/${room.id}/call`, { type: 'video' }, { status: 200 });
      callId = call.id;
      const page = await browser.newPage();
      await page.addInitScript(keepConnections);
      await page.goto(site.url);
      await waitFor('the page', () => page.evaluate(() => Boolean(window.harness)));
      const member = new CallPage(page, person.user.id);
      await member.call('join', media);
      pages.push(member);
    }
    for (const page of pages) {
      await page.call('publishTone'); // without pauses, in which nothing would be sent
      await page.call('publishCamera');
    }
    for (const to of pages) {
      for (const from of pages) {
        if (from !== to) {
          await waitFor('pictures', async () => (await to.received(from.userId))?.framesDecoded > 5, 60_000);
        }
      }
    }
    return { callId, pages, end };
  } catch (error) {
    await end();
    throw error;
  }
}
