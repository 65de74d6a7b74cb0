import type { Page } from 'playwright-core';
import type { Role } from '../../../events/api/index.ts';

/** The person who signs in. */
export interface SignInAs {
  readonly role: Role;
  /** @default jane@example.com */
  readonly subject?: string;
  /** The queues of a seller. */
  readonly queues?: readonly string[];
}

/** Opens an address of the console, and signs in on the page of the issuer. */
export const signIn = async (
  page: Page,
  address: string,
  { role, subject, queues }: SignInAs,
): Promise<void> => {
  await page.goto(address);
  await page.locator(`input[name=role][value=${role}]`).check();
  if (subject !== undefined) await page.locator('#subject').fill(subject);
  if (queues !== undefined) await page.locator('#queues').fill(queues.join(' '));
  await page.locator('button[type=submit]').click();
  await page.locator('#content h1').first().waitFor();
};
