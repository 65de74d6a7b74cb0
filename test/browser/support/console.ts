import { createServer } from 'node:net';
import { resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startUntil } from '../../support/started-stack.ts';
import { launchChromium } from './chromium.ts';
import { type SignInAs, signIn } from './sign-in.ts';

const root = resolve(import.meta.dirname, '../../..');

const findFreePort = async (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : failed(address)));
    });
  });

/** The way in which a page is opened. */
export interface OpenProps {
  /** The place in the console. @default #/ */
  readonly place?: string;
  /** @default admin */
  readonly as?: SignInAs;
  readonly context?: BrowserContextOptions;
}

/** A started stack with a browser. */
export interface OpenedConsole {
  /** The address of the stack, such as http://127.0.0.1:8010. */
  readonly endpoint: string;
  readonly browser: Browser;
  /** Opens a page in a context of its own, signed in. Errors of the page fail the test that calls `assertNoErrors`. */
  readonly open: (props?: OpenProps) => Promise<Page>;
  /** Throws if any page had an error, or was refused something by its content security policy. */
  readonly assertNoErrors: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Starts the system as `npm start` does, and a browser.
 *
 * @param args options of `sluice start`, such as `--no-sample`
 */
export const openConsole = async (...args: readonly string[]): Promise<OpenedConsole> => {
  const port = await findFreePort();
  const command = [process.execPath, `${root}/cli/sluice.js`, 'start', '--port', `${port}`, ...args];
  const [stack, browser] = await Promise.all([
    startUntil('Ctrl-C stops it', command, { cwd: root }),
    launchChromium(),
  ]);
  const endpoint = `http://127.0.0.1:${port}`;
  const errors: string[] = [];
  return {
    endpoint,
    browser,
    open: async ({ place = '#/', as = { role: 'admin' as const }, context = {} } = {}) => {
      const opened = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context });
      const page = await opened.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy/.test(message.text()))
          errors.push(message.text());
      });
      await signIn(page, `${endpoint}/console/${place}`, as);
      return page;
    },
    assertNoErrors: () => {
      if (errors.length > 0) throw new Error(`the page had errors: ${errors.join('; ')}`);
    },
    close: async () => {
      await browser.close();
      await stack.stop();
    },
  };
};
