import { chromium } from 'playwright-core';

import { startChromium, startFirefox } from '../../lib/browsers.mjs';

// Several people share one browser here; on their own machines each would be in front.
const inFront = ['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'];

export const launchChromium = () => startChromium(chromium, inFront);

export async function launchFirefox() {
  const { default: puppeteer } = await import('puppeteer-core');
  return startFirefox(puppeteer);
}
