// How Debian's browsers are started for tests: with false cameras and screens, asking nobody, fetching nothing. Which
// library drives them is the suite's own matter; it is handed in.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

const firefoxPrefs = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // The H.264 plugin would be downloaded in the background; nothing here needs it.
  'media.gmp-manager.updateEnabled': false,
};

/** `chromium` is Playwright's. */
export const startChromium = (chromium, moreArgs = []) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    headless: true,
    args: [...chromiumArgs, ...moreArgs],
  });

/** Debian's Firefox speaks WebDriver BiDi, not Playwright's own protocol: `puppeteer` drives it. */
export async function startFirefox(puppeteer) {
  const userDataDir = await mkdtemp(path.join(os.tmpdir(), 'parley-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX_BIN ?? '/usr/bin/firefox-esr',
    headless: true,
    userDataDir,
    extraPrefsFirefox: firefoxPrefs,
  });
  return {
    newPage: () => browser.newPage(),
    close: async () => {
      await browser.close();
      await rm(userDataDir, { recursive: true, force: true });
    },
  };
}
