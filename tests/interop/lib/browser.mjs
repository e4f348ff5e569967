import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

import { startChromium, startFirefox } from '../../lib/browsers.mjs';

/** Each page gets a context of its own, so clients share nothing but the process. */
export async function launchChromium() {
  const browser = await startChromium(chromium);
  return {
    name: 'chromium',
    newPage: async () => (await browser.newContext()).newPage(),
    close: () => browser.close(),
  };
}

export const launchFirefox = async () => ({ name: 'firefox', ...(await startFirefox(puppeteer)) });
