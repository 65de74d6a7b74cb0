import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

const executablePath = candidates.find((path) => path !== undefined && existsSync(path));

/** Whether the browser tests can run here. Says how to make them run if they can't. */
export const hasChromium = executablePath !== undefined;
if (!hasChromium) {
  console.log(
    'Skipped: the browser tests need Chromium, such as the Debian package chromium, or its path in CHROMIUM.',
  );
}

/** Starts Chromium without a window and without connections of its own. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
