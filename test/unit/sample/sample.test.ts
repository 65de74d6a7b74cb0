import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseInbound, stages, tiers } from '../../../events/index.ts';
import { renderSample, sampleFile } from '../../../scripts/make-sample.ts';
import { makeSample } from '../../../scripts/sample/sample.ts';
import { entrySortKey } from '../../../shared/keys/index.ts';
import {
  decideAll,
  type LeadState,
  type LedgerEnd,
  type SignalEvent,
  toSignal,
} from '../../../shared/lead/index.ts';
import { buildContent, prepareCommit, sameContent } from '../../../shared/ledger/index.ts';
import { successReady } from '../../support/models.ts';
import { storedAfter } from '../../support/stored.ts';

const root = join(import.meta.dirname, '../../..');
const script = join(root, 'scripts/make-sample.ts');
const now = Date.parse('2026-06-01T00:00:00.000Z');

interface Folded {
  readonly states: readonly LeadState[];
  readonly rejected: readonly string[];
  readonly duplicates: number;
  readonly changes: ReadonlySet<string>;
}

/** Folds the lines of the sample, one after the other, by the default model. */
const fold = (lines: readonly string[]): Folded => {
  const model = successReady();
  const recorded = new Map<string, SignalEvent>();
  const states = new Map<string, LeadState & LedgerEnd>();
  const rejected: string[] = [];
  const changes = new Set<string>();
  let duplicates = 0;
  for (const line of lines) {
    const parsed = parseInbound(JSON.parse(line), now);
    if (!parsed.ok) {
      const { code, problems } = parsed.rejection;
      rejected.push(`${code} ${problems.map(({ path }) => path).join()}`);
      continue;
    }
    const event = toSignal(parsed.event);
    if (event === undefined) throw new Error(`${parsed.event.type} is no signal`);
    const { leadId } = event.data;
    const key = `${leadId} ${entrySortKey(event)}`;
    const before = recorded.get(key);
    if (before !== undefined) {
      if (sameContent(buildContent(before), buildContent(event))) duplicates++;
      else rejected.push('conflicting-content detail.metadata.eventId');
      continue;
    }
    recorded.set(key, event);
    const commit = decideAll(model, states.get(leadId), [event], 0);
    states.set(leadId, storedAfter(prepareCommit(commit)));
    for (const { decided } of commit.entries) for (const { type } of decided.changes) changes.add(type);
  }
  return { states: [...states.values()], rejected, duplicates, changes };
};

let lines: string[];
let folded: Folded;
beforeAll(async () => {
  lines = (await readFile(join(root, sampleFile), 'utf8')).trimEnd().split('\n');
  folded = fold(lines);
});

const share = (test: (state: LeadState) => boolean): number =>
  folded.states.filter(test).length / folded.states.length;

describe('the sample file', () => {
  it('is what the script writes: run `node scripts/make-sample.ts` when this fails', async () => {
    expect((await readFile(join(root, sampleFile), 'utf8')) === renderSample()).toBe(true);
  });

  it('is the same in another process: --check finds it current, and anything but --check is refused with what is allowed', async () => {
    const run = promisify(execFile);
    await expect(run(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
    await expect(run(process.execPath, [script, '--chekc'])).rejects.toMatchObject({
      code: 2,
      stderr: 'given --chekc; allowed: --check\n',
    });
  });
});

describe('the sample stream', () => {
  it('has at least 2,000 entries of at least 300 leads, in small entries', () => {
    expect(lines.length).toBeGreaterThanOrEqual(2_000);
    expect(folded.states.length).toBeGreaterThanOrEqual(300);
    expect(lines.join('').length / lines.length).toBeLessThan(350);
  });

  it('covers about four months that are past', () => {
    const times = makeSample().map(({ time }) => time);
    expect(times.reduce((a, b) => (a < b ? a : b)).slice(0, 7)).toBe('2026-02');
    expect(times.reduce((a, b) => (a > b ? a : b)).slice(0, 7)).toBe('2026-05');
  });

  it('has one event for each of its faults', () => {
    expect(folded.rejected.toSorted()).toEqual([
      'conflicting-content detail.metadata.eventId',
      'malformed detail.data.count',
      'malformed detail.data.currency',
      'malformed detail.data.leadId',
      'malformed detail.data.stage',
      'unknown-type detail-type',
    ]);
  });

  it('repeats some entries exactly, and brings some late', () => {
    expect(folded.duplicates).toBe(25);
    expect(new Set(lines).size).toBe(lines.length - folded.duplicates);
    const isLate = (time: string, i: number, all: readonly string[]) => i > 0 && time < (all[i - 1] ?? '');
    const late = makeSample()
      .map(({ time }) => time)
      .filter(isLate).length;
    expect(late / lines.length).toBeGreaterThan(0.02);
    expect(late / lines.length).toBeLessThan(0.2);
  });

  it('comes to a believable mix of stages, tiers and statuses', () => {
    for (const stage of stages)
      expect(
        share((state) => state.stage === stage),
        stage,
      ).toBeGreaterThan(0.005);
    for (const tier of tiers)
      expect(
        share((state) => state.tier === tier),
        tier,
      ).toBeGreaterThan(0.1);
    expect(share(({ tier }) => tier === 'none')).toBeLessThan(0.6);
    for (const status of ['disqualified', 'recycled'])
      expect(
        share((state) => state.status === status),
        status,
      ).toBeGreaterThan(0.03);
  });

  it('brings about every change that a lead can go through', () => {
    expect([...folded.changes].toSorted()).toEqual([
      'LeadDisqualified',
      'LeadRequalified',
      'LeadStageTransitioned',
      'LeadTierChanged',
    ]);
  });

  it('asks for nurture and for hand-offs', () => {
    for (const kind of ['none', 'nurture', 'handoff'])
      expect(
        share(({ action }) => action.kind === kind),
        kind,
      ).toBeGreaterThan(0.05);
  });
});
