import { describe, expect, it } from 'vitest';
import { noChanges, withValue } from '../../../console/pages/lead/what-if/changes.ts';
import { compareCriteria } from '../../../console/pages/lead/what-if/compare-criteria.ts';
import {
  createWhatIf,
  type Judged,
  type Outcome,
} from '../../../console/pages/lead/what-if/create-what-if.ts';
import type { Field } from '../../../console/pages/lead/what-if/list-fields.ts';
import { successReady } from '../../support/models.ts';
import { queryStack } from '../../support/query-stack.ts';
import { createTimedStack, instant } from '../../support/timed-stack.ts';

const model = successReady();
const person = {
  name: 'Ana',
  seniority: 'executive',
  department: 'sales',
  industry: 'software',
  employees: 250,
  emailType: 'business',
};

/** Returns a stack with a lead whose facts are of many kinds, and some of whose points became fewer. */
const createStack = async () => {
  const stack = createTimedStack('03-20T09:30', model);
  const { entry } = stack;
  await stack.send(
    entry('03-01T09:00', 'LeadProfileUpdated', { leadId: 'l-1', attributes: person }),
    entry('03-02T09:00', 'LeadActivityRecorded', { leadId: 'l-1', activity: 'page_visited', count: 3 }),
    entry('03-09T09:00', 'LeadActivityRecorded', { leadId: 'l-1', activity: 'page_visited', count: 2 }),
    entry('03-10T09:00', 'LeadActivityRecorded', { leadId: 'l-1', activity: 'demo_requested' }),
    entry('03-11T09:00', 'LeadAnswersRecorded', {
      leadId: 'l-1',
      answers: {
        need: { value: 'important', text: 'It matters a lot to us since we lose 3 days a week over it' },
        timeframeMonths: { value: 3 },
      },
    }),
    entry('03-12T09:00', 'LeadAnswersRecorded', {
      leadId: 'l-1',
      answers: { timeframeMonths: { value: 2 } },
    }),
  );
  const ask = queryStack({ stores: stack.stores, now: () => instant('03-20T09:30'), model });
  return {
    ...stack,
    get: async (at?: string) => {
      const query = at === undefined ? {} : { at: `2026-${at}:00Z` };
      return (await ask('getLead', { path: { id: 'l-1' }, query })).body;
    },
  };
};

const fieldOf = (fields: readonly Field[], name: string): Field => {
  const found = fields.find((field) => field.name === name);
  if (found === undefined) throw new Error(`the model reads no ${name}`);
  return found;
};

const judged = (outcome: Outcome): Judged => {
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  return outcome;
};

describe('the what-if of a lead', () => {
  it.each([undefined, '03-10T12:00', '03-15T00:00'])(
    'judges a lead without changes as the API does (as of %s)',
    async (at) => {
      const lead = await (await createStack()).get(at);
      const { present } = createWhatIf(model.document, lead);
      const { standing, explanation } = present;
      for (const part of [
        'stage',
        'status',
        'tier',
        'score',
        'coverage',
        'dimensions',
        'action',
        'lane',
      ] as const)
        expect(standing[part]).toEqual(lead[part]);
      expect(JSON.parse(JSON.stringify(explanation.counted))).toEqual(lead.explanation.counted);
      expect(JSON.parse(JSON.stringify(explanation.possible))).toEqual(lead.explanation.possible);
    },
  );

  it('judges changes as the events would be judged that bring them', async () => {
    const stack = await createStack();
    const lead = await stack.get('03-15T00:00');
    const whatIf = createWhatIf(model.document, lead);
    const changes = [
      ['budget', 'approved'],
      ['knowsDecider', true],
      ['seniority', 'staff'],
      ['webinar_attended', 2],
    ] as const;
    const all = changes.reduce(
      (so, [name, value]) => withValue(so, fieldOf(whatIf.fields, name), value, null),
      noChanges,
    );
    const { standing, explanation } = judged(whatIf.judge(all));
    await stack.send(
      stack.entry('03-15T00:00', 'LeadAnswersRecorded', {
        leadId: 'l-1',
        answers: { budget: { value: 'approved' }, knowsDecider: { value: true } },
      }),
      stack.entry('03-15T00:00', 'LeadProfileUpdated', { leadId: 'l-1', attributes: { seniority: 'staff' } }),
      stack.entry('03-15T00:00', 'LeadActivityRecorded', {
        leadId: 'l-1',
        activity: 'webinar_attended',
        count: 2,
      }),
    );
    const after = await stack.get('03-15T00:00');
    expect(after.score).not.toBe(lead.score);
    for (const part of ['stage', 'tier', 'score', 'action'] as const)
      expect(standing[part]).toEqual(after[part]);
    expect(JSON.parse(JSON.stringify(explanation.counted))).toEqual(after.explanation.counted);
  });

  it('goes on from the tier by the model while a person has set another one', async () => {
    const stack = await createStack();
    await stack.send(
      stack.entry('03-16T09:00', 'LeadOverridden', {
        leadId: 'l-1',
        tier: 'none',
        until: '2026-04-01T00:00:00.000Z',
        actor: 'jane',
        reason: 'A test',
      }),
    );
    const lead = await stack.get();
    const { standing } = createWhatIf(model.document, lead).present;
    expect(standing).toMatchObject({ tier: 'none', overridden: lead.overridden });
  });

  it('says what is wrong with a value, and what is allowed', async () => {
    const { fields, judge } = createWhatIf(model.document, await (await createStack()).get());
    const outcome = judge(withValue(noChanges, fieldOf(fields, 'jobTitle'), 'x'.repeat(20_000), null));
    expect(outcome).toMatchObject({ problems: [{ path: 'attributes.jobTitle' }] });
  });

  it('asks for what the model reads, with its values', async () => {
    const { fields } = createWhatIf(model.document, await (await createStack()).get());
    expect(fieldOf(fields, 'budget')).toEqual({
      bag: 'answers',
      name: 'budget',
      label: 'Is there money for it?',
      kind: 'choice',
      values: ['approved', 'planned', 'none'],
    });
    expect(fieldOf(fields, 'demo_requested').label).toBe('asked for a demo');
    // No rule reads the name of a lead.
    expect(fields.some(({ name }) => name === 'company')).toBe(false);
  });

  it('takes a value as it was for no change', async () => {
    const { fields } = createWhatIf(model.document, await (await createStack()).get());
    const field = fieldOf(fields, 'employees');
    expect(withValue(withValue(noChanges, field, 9, 250), field, 250, 250)).toEqual(noChanges);
  });
});

describe('the criteria that move a score', () => {
  const one = (criterion: string, weight: number) => ({ dimension: 'd', criterion, text: criterion, weight });

  it('are those that count more, less, newly or no longer, the largest difference first', () => {
    const before = [one('same', 3), one('less', 5), one('gone', 9)];
    const after = [one('same', 3), one('less', 4), one('new', 6)];
    expect(compareCriteria(before, after).map((each) => [each.text, each.before, each.after])).toEqual([
      ['gone', 9, 0],
      ['new', 0, 6],
      ['less', 5, 4],
    ]);
  });
});
