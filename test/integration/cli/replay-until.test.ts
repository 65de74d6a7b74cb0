import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sluice } from '../../support/sluice-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-until-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');
const parse = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

// The first events of the sample: leads whose visits and downloads count for some weeks.
const events = path('events.jsonl');
const sample = readFileSync('cli/sample/events.jsonl', 'utf8').split('\n').slice(0, 120);
writeFileSync(events, sample.join('\n'));
const last = '2026-05-31T12:00:00.000Z';

const replay = (run: string) =>
  sluice(
    'replay',
    events,
    ...['--until', last, '--json', '--emitted', path(`${run}-emitted`), '--leads', path(`${run}-leads`)],
  );

/**
 * Returns announcements in an order of their own. The reasons and the question of a hand-off are of the instant at which
 * the function reads the lead, and events of a file follow each other at once: so these two may differ.
 */
const listComparable = (emitted: string): string[] =>
  parse(emitted)
    .map(({ detail, ...rest }) => {
      const { reasons, question, ...data } = detail.data as Record<string, unknown>;
      const isHandoff = rest['detail-type'] === 'HandoffRequested';
      return JSON.stringify({ ...rest, detail: { ...detail, data: isHandoff ? data : detail.data } });
    })
    .toSorted();

describe('sluice replay --until', () => {
  it('lets time pass, at whole hours and not beyond the end, and gives the same each time', async () => {
    const first = await replay('first');
    const byTime = parse(read('first-emitted')).filter(({ detail }) => detail.data.trigger === 'time');
    expect(byTime.length).toBeGreaterThan(0);
    for (const { detail } of byTime) {
      expect(detail.metadata.occurredAt).toMatch(/T\d\d:00:00\.000Z$/);
      expect(detail.metadata.occurredAt < last).toBe(true);
    }
    const summary = JSON.parse(first.stdout);
    expect(summary).toMatchObject({
      received: 120,
      quarantined: 0,
      announced: parse(read('first-emitted')).length,
    });
    expect(summary.clockEvents).toBeGreaterThanOrEqual(
      new Set(byTime.map(({ detail }) => detail.data.leadId)).size,
    );

    expect((await replay('second')).stdout).toBe(first.stdout);
    expect(read('second-leads')).toBe(read('first-leads'));
    expect(listComparable(read('second-emitted'))).toEqual(listComparable(read('first-emitted')));
  });

  it('refuses an instant before the last event, one without an offset, and a shuffle', async () => {
    for (const [options, message] of [
      [['--until', '2026-02-03T00:00:00Z'], "allowed: an instant that isn't before the last event"],
      [['--until', '2026-06-01T09:00'], 'which has no offset from UTC'],
      [['--until', last, '--shuffle', '1'], "'--until <when>' cannot be used with option '--shuffle <seed>'"],
    ] as const) {
      const { code, stderr } = await sluice('replay', events, ...options);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    }
  });
});
