import { describe, expect, it, vi } from 'vitest';
import { addSource } from '../../../cli/commands/source.ts';
import { withConnection } from '../../../cli/stack/connect.ts';
import { createSourceNotes } from '../../../shared/source-status/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: vi.fn(),
}));

const { folder, inFolder } = temporaryFiles();
const at = (text: string): number => Date.parse(`2026-03-${text}:00.000Z`);

const writeSource = (name: string, more: object = {}): void => {
  const mapping = {
    identity: { identifiers: [{ type: 'email', path: 'email' }] },
    events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'demo_requested' } }],
  };
  const document = { name, kind: 'typeform', owner: 'Marketing operations', mapping, ...more };
  inFolder(`${name}.json`, JSON.stringify(document));
};

const counts = {
  ...{ taken: 1, own: 0, ignored: 1, unknown: 2, empty: 0, unmapped: 1, unproven: 0 },
  ...{ 'missing-changes': 0, unavailable: 0 },
};

/** Runs the command as of an instant, after notes of others. */
const list = async (now: string, ...args: string[]) => {
  const client = memoryClient({ tables: { requests: [] } });
  const noteAt = (instant: string) =>
    createSourceNotes({ client, table: 'requests', now: () => at(instant) });
  const unknown = new Map([['form_response_partial', 2]]);
  await noteAt('01T09:00').note({ source: 'forms', counts, unknown });
  await noteAt('01T09:05').note({
    source: 'forms',
    refused: { reason: 'wrong-signature', allowed: 'a signature by a live secret' },
  });
  await noteAt('01T09:00').note({ source: 'former', counts });
  const connection = { dynamodb: client, output: () => 'requests', outputs: {}, now: () => at(now) };
  vi.mocked(withConnection).mockImplementation(async (_, work) => work(connection as never));
  return runCommand(addSource, 'source', 'list', '--sources', folder, ...args);
};

describe('sluice source list', () => {
  writeSource('forms', { silentAfterHours: 24 });
  writeSource('quiet');

  it('shows what came from each source, and those that have sent nothing or have no document', async () => {
    const { stdout } = await list('01T10:00');
    const rows = stdout.split('\n').slice(0, 4);
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3))).toEqual([
      ['source', 'state', 'last taken'],
      ['former', 'no document', '1 hour ago'],
      ['forms', 'sending', '1 hour ago'],
      ['quiet', 'nothing yet', '–'],
    ]);
    expect(rows[2]?.split(/ {2,}/).slice(3)).toEqual(['2', '1', '0', '1', '1', '2', '1']);
  });

  it('says below what somebody has to look at', async () => {
    const { stdout } = await list('01T10:00');
    expect(stdout).toContain(
      [
        'forms',
        '  refused: wrong-signature (1)',
        '  last refused 55 minutes ago, 2026-03-01 09:05 UTC: wrong-signature; allowed: a signature by a live secret',
        '  no event of its mapping is for: form_response_partial (2)',
        '  in quarantine: unmapped (1)',
        '  owner: Marketing operations',
      ].join('\n'),
    );
    expect(stdout).not.toContain('silent');
  });

  it('calls a source silent after the hours of its document, and no other', async () => {
    const { stdout } = await list('04T09:30');
    expect(stdout).toContain('  silent for 3 days; its document says 24 hours');
    expect(stdout.match(/silent for/g)).toHaveLength(1);
    expect((await list('02T09:00')).stdout).not.toContain('silent');
  });

  it('prints an object a line with --json', async () => {
    const { stdout } = await list('04T09:00', '--json');
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ name }) => name)).toEqual(['former', 'forms', 'quiet']);
    expect(records[1]).toEqual({
      name: 'forms',
      kind: 'typeform',
      owner: 'Marketing operations',
      silentAfterHours: 24,
      isSilent: true,
      lastReceivedAt: '2026-03-01T09:05:00.000Z',
      lastTakenAt: '2026-03-01T09:00:00.000Z',
      lastRefusal: {
        reason: 'wrong-signature',
        allowed: 'a signature by a live secret',
        at: '2026-03-01T09:05:00.000Z',
      },
      requests: 2,
      repeated: 0,
      refused: { 'wrong-signature': 1 },
      payloads: { taken: 1, ignored: 1, unknown: 2, unmapped: 1 },
      unknown: { form_response_partial: 2 },
    });
    expect(records[2]).toMatchObject({ name: 'quiet', requests: 0, isSilent: false });
  });

  it('refuses a folder with a document that is wrong', async () => {
    inFolder('broken.json', '{');
    const { code, stderr } = await list('01T10:00');
    expect(code).toBe(1);
    expect(stderr).toContain('broken.json');
  });
});
