import { describe, expect, it } from 'vitest';
import { withoutPointsWords } from '../../../cli/explain/without-points-words.ts';
import { render } from '../../../cli/output/render.ts';
import { listWithoutPoints } from '../../../shared/advice/index.ts';
import { explain } from '../../../shared/scoring/index.ts';
import type { EventInput } from '../../support/events.ts';
import { compileDocument } from '../../support/models.ts';
import { adviceDocument, buildLead } from './fixture.ts';

const model = compileDocument(adviceDocument());

const listFor = (...told: readonly [EventInput, ...EventInput[]]) => {
  const { facts, stage } = buildLead(model, ...told);
  return listWithoutPoints(model, facts, explain(model, facts, stage, facts.seen).counted);
};

describe('facts that are known and give no points', () => {
  it('are those whose name or value no rule reads', () => {
    expect(
      listFor({
        type: 'LeadProfileUpdated',
        data: { attributes: { industry: 'minning', industy: 'retail', city: null } },
      }),
    ).toEqual([
      {
        bag: 'attributes',
        name: 'industry',
        value: 'minning',
        what: 'value',
        allowed: 'software, retail, mining',
        meant: 'mining',
      },
      { bag: 'attributes', name: 'industy', value: 'retail', what: 'name', meant: 'industry' },
    ]);
  });

  it('are activities that lie before every window', () => {
    const found = listFor(
      { type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, at: '2026-01-01T09:00:00.000Z' },
      { type: 'LeadActivityRecorded', data: { activity: 'demo_requested' }, at: '2026-05-30T09:00:00.000Z' },
    );
    expect(found).toEqual([
      {
        bag: 'activities',
        name: 'page_visited',
        what: 'old',
        last: Date.parse('2026-01-01T09:00:00.000Z'),
        withinDays: 30,
      },
    ]);
  });

  it('are activities of which days are counted, and the last one is a year ago', () => {
    const document = adviceDocument();
    const criterion = {
      id: 'days',
      text: 'read mails',
      each: { activity: 'mail_opened', per: 'day' },
      points: 1,
      max: 5,
    };
    const { interest } = document.dimensions;
    const byDay = compileDocument({
      ...document,
      activities: { ...document.activities, mail_opened: 'read a mail' },
      dimensions: {
        ...document.dimensions,
        interest: { ...interest, criteria: [...interest.criteria, criterion] },
      },
    });
    const listAfter = (at: string) => {
      const { facts, stage } = buildLead(
        byDay,
        { type: 'LeadActivityRecorded', data: { activity: 'mail_opened' }, at: '2025-03-01T09:00:00.000Z' },
        { type: 'LeadActivityRecorded', data: { activity: 'demo_requested' }, at },
      );
      return listWithoutPoints(byDay, facts, explain(byDay, facts, stage, facts.seen).counted);
    };
    expect(listAfter('2026-03-01T09:00:00.000Z')).toEqual([
      expect.objectContaining({ name: 'mail_opened', what: 'old', withinDays: 365 }),
    ]);
    expect(listAfter('2026-02-28T09:00:00.000Z')).toEqual([]);
  });

  it('are those whose rules do not hold, and no others', () => {
    const answers = { need: { value: 'critical' }, team: { value: 2 } };
    expect(listFor({ type: 'LeadAnswersRecorded', data: { answers } })).toEqual([
      { bag: 'answers', name: 'team', value: 2, what: 'rules' },
    ]);
    const enough = { ...answers, team: { value: 5 } };
    expect(listFor({ type: 'LeadAnswersRecorded', data: { answers: enough } })).toEqual([]);
  });

  it('are those so old that nothing is left of their points', () => {
    const document = adviceDocument();
    const { interest } = document.dimensions;
    const criterion = {
      id: 'fading',
      text: 'visited a page',
      when: { activity: 'page_visited' },
      points: 5,
      decay: { linearDays: 20 },
    };
    const fading = compileDocument({
      ...document,
      dimensions: { ...document.dimensions, interest: { ...interest, criteria: [criterion] } },
    });
    const last = Date.parse('2026-03-02T09:00:00.000Z');
    const { facts, stage } = buildLead(fading, {
      type: 'LeadActivityRecorded',
      data: { activity: 'page_visited' },
      at: new Date(last).toISOString(),
    });
    const at = (days: number) => {
      const instant = last + days * 86_400_000;
      return listWithoutPoints(fading, facts, explain(fading, facts, stage, instant).counted, instant);
    };
    expect(at(19)).toEqual([]);
    expect(at(20)).toEqual([{ bag: 'activities', name: 'page_visited', what: 'decayed', last }]);
    expect(render(withoutPointsWords(at(20), 5))).toContain(
      '    activities.page_visited: nothing is left of its points; last on 2026-03-02',
    );
  });
});
