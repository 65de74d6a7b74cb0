import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFence, findFences, parseFences, readDocument } from './docs.ts';

/** The subscriptions that the pages show, by the page and the name of the file. */
const shown = [
  ['deliveries.md', 'here.json'],
  ['deliveries.md', 'sales-crm.json'],
  ['integrations/slack.md', 'sales-slack.json'],
  ['integrations/hubspot.md', 'hubspot.json'],
  ['integrations/standard-webhooks.md', 'crm-webhook.json'],
] as const;

/** The addresses of this machine that stand in for tools, as the page about Slack says. Nobody listens at port 9. */
const standIns: Readonly<Record<string, string>> = {
  slack: 'http://127.0.0.1:4100',
  hubspot: 'http://127.0.0.1:9',
};

/** A test sends to nobody: a target elsewhere becomes one of this machine. */
const toHere = (text: string): object => {
  const document = JSON.parse(text);
  const { kind, url } = document.target;
  const isHere = kind === 'webhook' && url.startsWith('http://127.0.0.1');
  const target =
    kind === 'webhook' ? { url: isHere ? url : 'http://127.0.0.1:9/' } : { baseUrl: standIns[kind] };
  return { ...document, target: { ...document.target, ...target } };
};

/** Writes the subscriptions of the pages into a folder, each as a file. */
export const writeDocumentedSubscriptions = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  for (const [page, file] of shown) {
    const { body } = findFence(findFences(parseFences(readDocument(page)), 'file'), file);
    writeFileSync(join(folder, file), JSON.stringify(toHere(body)));
  }
};
