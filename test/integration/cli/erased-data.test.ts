import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runStack } from '../../../cli/stack/run-stack.ts';

const words = 'Head of unheard-of things';

const findWords = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(words));

it('removes an erased lead from all files of the data folder while the stack runs, and also when it stops', {
  timeout: 120_000,
}, async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-erased-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  const { stack, close } = await runStack({ dataFolder, onSynthesis: () => undefined });
  onTestFinished(close);
  const put = async (source: string, type: string, eventId: string, data: object) => {
    const occurredAt = '2026-04-01T08:00:00.000Z';
    const Detail = JSON.stringify({ metadata: { eventId, occurredAt, schemaVersion: 1 }, data });
    const entry = { EventBusName: stack.bus, Source: source, DetailType: type, Detail };
    expect(stack.putEvents([entry]).FailedEntryCount).toBe(0);
    await stack.idle();
  };
  await put('crm', 'LeadProfileUpdated', 'p-1', { leadId: 'gone', attributes: { jobTitle: words } });
  await put('crm', 'LeadProfileUpdated', 'p-2', {
    leadId: 'gone',
    attributes: { jobTitle: words },
    more: words,
  });
  expect(findWords(dataFolder)).not.toEqual([]);

  await put('privacy', 'LeadErasureRequested', 'e-1', { leadId: 'gone' });
  await vi.waitFor(() => expect(findWords(dataFolder)).toEqual([]), 20_000);
  await put('crm', 'LeadProfileUpdated', 'p-3', { leadId: 'gone', attributes: { jobTitle: words } });
  await close();
  expect(findWords(dataFolder)).toEqual([]);
});
