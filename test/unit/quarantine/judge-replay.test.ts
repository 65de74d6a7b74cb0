import { describe, expect, it } from 'vitest';
import { judgeReplay } from '../../../shared/quarantine-replay/index.ts';
import { buildEntry, now } from '../../support/events.ts';

const stage = (to: string, more: object = {}, id = 'e-1') =>
  JSON.stringify({ ...buildEntry({ type: 'LeadStageChanged', data: { stage: to }, id }), ...more });

describe('the judgement of a replay', () => {
  it('is that it is accepted if it fulfils its contract by now', () => {
    expect(judgeReplay(stage('mql'), 'malformed', now)).toMatchObject({
      kind: 'ready',
      entry: {
        Source: 'test.producer',
        DetailType: 'LeadStageChanged',
        Detail: expect.stringContaining('"e-1"'),
      },
    });
  });

  it('is that it is accepted if it was ahead of time and no longer is', () => {
    const at = '2026-03-01T09:00:00.000Z';
    const text = JSON.stringify(buildEntry({ type: 'LeadStageChanged', data: { stage: 'mql' }, at }));
    expect(judgeReplay(text, 'ahead-of-time', Date.parse(at) - 600_000).kind).toBe('doubtful');
    expect(judgeReplay(text, 'ahead-of-time', Date.parse(at)).kind).toBe('ready');
  });

  it.each([
    ['an id that looks like a large number', stage('prospect', { id: '1e999' }, 'e1000')],
    ['an envelope of the bus', stage('prospect', { id: 'e2fd88a8', version: '0', resources: [] })],
    ['nothing beside it', stage('prospect')],
  ])('is that it is rejected again, with the reason: with %s', (_what, text) => {
    expect(judgeReplay(text, 'malformed', now)).toMatchObject({
      kind: 'doubtful',
      why: expect.stringContaining('given "prospect"; allowed: subscriber'),
    });
  });

  it('is that it is rejected again if its type is unknown: only a newer deployment may know it', () => {
    expect(
      judgeReplay(stage('mql', { 'detail-type': 'LeadStageChange' }), 'unknown-type', now),
    ).toMatchObject({
      kind: 'doubtful',
      why: expect.stringMatching(/^detail-type: given "LeadStageChange"; allowed: LeadStageChanged, /),
    });
  });

  it('is that it is rejected again if its id is taken, unless it is corrected', () => {
    expect(judgeReplay(stage('mql'), 'conflicting-content', now)).toMatchObject({
      kind: 'doubtful',
      code: 'conflicting-content',
      why: 'an event of this lead with this id and other content is recorded',
      problems: [],
    });
    expect(judgeReplay(stage('mql'), undefined, now).kind).toBe('ready');
  });

  it.each(['unmapped', 'missing-changes'])(
    'is that what a tool has sent is no event, even if it has the form of an erasure: %s',
    (code) => {
      const text = JSON.stringify(buildEntry({ type: 'LeadErasureRequested', data: {} }));
      expect(judgeReplay(text, 'malformed', now).kind).toBe('ready');
      expect(judgeReplay(text, code, now)).toMatchObject({
        kind: 'doubtful',
        why: 'it is a payload of a source, and no event',
      });
    },
  );

  it.each([
    ['text that is no JSON', 'hello'],
    ['a list', '[1]'],
    ['no type', stage('mql', { 'detail-type': '' })],
    ['a type too long for the bus', stage('mql', { 'detail-type': 'T'.repeat(129) })],
    ['a source of our own', stage('mql', { source: 'sluice' })],
    ['no detail', stage('mql', { detail: undefined })],
    ['a number beyond all bounds', stage('mql').replace('"schemaVersion":1', '"schemaVersion":1e999')],
    [
      'more levels than the bus takes',
      stage('mql').replace('"mql"', `${'['.repeat(2_000)}${']'.repeat(2_000)}`),
    ],
  ])('is that the bus would refuse it: %s', (_what, text) => {
    expect(judgeReplay(text, 'malformed', now)).toMatchObject({
      kind: 'impossible',
      why: expect.any(String),
    });
  });
});
