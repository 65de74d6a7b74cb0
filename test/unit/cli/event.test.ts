import { describe, expect, it } from 'vitest';
import { CliError, UsageError } from '../../../cli/errors.ts';
import { buildData } from '../../../cli/event/build-data.ts';
import { buildEvent } from '../../../cli/event/build-event.ts';
import { findType, typeNames } from '../../../cli/event/find-type.ts';
import { parseValue } from '../../../cli/event/parse-value.ts';
import { type InboundType, inboundContracts, parseInbound } from '../../../events/index.ts';
import { now } from '../../support/events.ts';

const build = (type: InboundType, pairs: readonly string[], more: object = {}) =>
  buildEvent({ type, source: 'sluice.cli', data: buildData(type, 'l-1', pairs), at: now, ...more }, now);

/** Returns the message of the error, with its details. */
const refusal = (work: () => unknown): string => {
  try {
    return JSON.stringify(work());
  } catch (error) {
    if (error instanceof CliError) return error.lines.join(' | ');
    throw error;
  }
};

describe('the type of an event on the command line', () => {
  it.each([
    ['activity', 'LeadActivityRecorded'],
    ['LeadActivityRecorded', 'LeadActivityRecorded'],
    ['lead-activity-recorded', 'LeadActivityRecorded'],
    ['PROFILE', 'LeadProfileUpdated'],
    ['answer', 'LeadAnswersRecorded'],
    ['accept', 'HandoffAccepted'],
    ['handoffRejected', 'HandoffRejected'],
  ])('is %s for %s', (given, type) => expect(findType(given)).toBe(type));

  it('has a short name for each contract but those with a command of their own', () => {
    const types = typeNames.map(findType);
    const rest = Object.keys(inboundContracts).filter((type) => !types.includes(type as InboundType));
    expect(rest).toEqual([
      'LeadsMerged',
      'LeadErasureRequested',
      'LeadIdentified',
      'LeadOverridden',
      'LeadOverrideLifted',
    ]);
  });

  it.each([
    ['actvity', 'did you mean activity?'],
    ['LeadActivityRecored', 'did you mean LeadActivityRecorded?'],
    ['constructor', 'allowed: stage, profile, activity'],
    ['merge', '`sluice merge LEAD into SURVIVOR`'],
    ['LeadErasureRequested', '`sluice erase LEAD`'],
    [
      'LeadClockAdvanced',
      'given "LeadClockAdvanced", which is for messages within Sluice; allowed: stage, profile',
    ],
  ])('is refused with what is allowed: %s', (given, message) => {
    expect(() => findType(given)).toThrow(UsageError);
    expect(() => findType(given)).toThrow(message);
  });
});

describe('a value on the command line', () => {
  it.each<[string, unknown]>([
    ['600', 600],
    ['-1.5', -1.5],
    ['0', 0],
    ['true', true],
    ['false', false],
    ['null', null],
    ['True', 'True'],
    ['01234', '01234'],
    ['+4930', '+4930'],
    ['1e3', '1e3'],
    ['12345678901234567890', '12345678901234567890'],
    ['"600"', '600'],
    ['"null"', 'null'],
    ['"open', '"open'],
    ['[crm, erp]', ['crm', 'erp']],
    ['["a, b","c"]', ['a, b', 'c']],
    ['[]', []],
    ['a=b', 'a=b'],
    ['{"a":1}', '{"a":1}'],
    ['51-200', '51-200'],
  ])('%s is %j', (text, value) => expect(parseValue(text)).toEqual(value));
});

describe('an event on the command line', () => {
  it.each<[InboundType, readonly string[], object]>([
    [
      'LeadProfileUpdated',
      ['employees=600', 'attributes.industry=software', 'a.b=x', 'fax=null', 'vip=true', 'tags=[x, y]'],
      {
        attributes: {
          employees: 600,
          industry: 'software',
          'a.b': 'x',
          fax: null,
          vip: true,
          tags: ['x', 'y'],
        },
      },
    ],
    [
      'LeadActivityRecorded',
      ['activity=demo_requested', 'count=3', 'properties.page=/demo', 'properties.seconds=9'],
      { activity: 'demo_requested', count: 3, properties: { page: '/demo', seconds: 9 } },
    ],
    [
      'LeadAnswersRecorded',
      ['budget=approved', 'budget.text=12', 'answers.fit=84', 'size.value=5', 'askedBy=7'],
      {
        answers: { budget: { value: 'approved', text: '12' }, fit: { value: 84 }, size: { value: 5 } },
        askedBy: '7',
      },
    ],
    [
      'LeadStageChanged',
      ['stage=mql', 'reason=404', 'actor=true'],
      { stage: 'mql', reason: '404', actor: 'true' },
    ],
    ['LeadOutcomeRecorded', ['outcome=won', 'amount=12000.5'], { outcome: 'won', amount: 12_000.5 }],
    ['HandoffAccepted', ['handoffId=17', 'actor=sales-7'], { handoffId: '17', actor: 'sales-7' }],
  ])('has the types of its contract: %s', (type, pairs, data) => {
    const event = build(type, pairs);
    expect(event.detail.data).toEqual({ leadId: 'l-1', ...data });
    expect(parseInbound(event, now).ok).toBe(true);
  });

  it('has an id of its content, so that the same at the same instant counts once', () => {
    const idOf = (pairs: readonly string[], more?: object) =>
      build('LeadProfileUpdated', pairs, more).detail.metadata.eventId;
    expect(idOf(['a=1', 'b=2'])).toBe(idOf(['b=2', 'a=1']));
    expect(idOf(['a=1'])).not.toBe(idOf(['a=2']));
    expect(idOf(['a=1'], { id: 'mine' })).toBe('mine');
  });

  it.each<[InboundType, readonly string[], string]>([
    [
      'LeadActivityRecorded',
      ['demo_requested'],
      'given "demo_requested"; allowed: key=value, with the keys activity',
    ],
    ['LeadActivityRecorded', ['=x'], 'given "=x"; allowed: key=value'],
    [
      'LeadActivityRecorded',
      ['activty=x'],
      '"activty": LeadActivityRecorded has no such field; allowed: activity',
    ],
    ['LeadActivityRecorded', ['activty=x'], 'did you mean activity?'],
    ['LeadActivityRecorded', ['constructor=x'], '"constructor": LeadActivityRecorded has no such field'],
    ['LeadActivityRecorded', ['activity=x', 'activity=y'], 'activity: given twice; allowed: once'],
    ['LeadActivityRecorded', ['activity='], 'activity: given nothing; allowed: a value'],
    ['LeadProfileUpdated', ['employees= '], 'employees: given nothing; allowed: a value; null clears it'],
    ['LeadProfileUpdated', ['leadId=l-2'], 'leadId: given as a key; allowed: --lead ID'],
    [
      'LeadProfileUpdated',
      ['attributes=x'],
      'attributes: given without a name; allowed: attributes.NAME=value',
    ],
    ['LeadProfileUpdated', ['__proto__=x'], 'attributes.__proto__'],
    ['LeadActivityRecorded', [], 'activity: given nothing; allowed: a string'],
    ['LeadActivityRecorded', ['activity=x', 'count=1.5'], 'count: given 1.5; allowed: a whole number'],
    ['LeadStageChanged', ['stage=oportunity'], 'stage: given "oportunity"; allowed: subscriber'],
    ['LeadStageChanged', ['stage=oportunity'], 'did you mean opportunity?'],
    ['LeadAnswersRecorded', ['budget.text=Soon.'], 'answers.budget.value: given nothing'],
  ])('is refused with the key, the value and what is allowed: %s %j', (type, pairs, message) =>
    expect(refusal(() => build(type, pairs))).toContain(message),
  );

  it.each([
    [{ source: 'sluice' }, '--source', 'source: given "sluice"'],
    [{ source: 'aws.s3' }, '--source', 'a source that does not begin with aws.'],
    [{ id: 'a b' }, '--id', 'given "a b"'],
    [{ at: now + 3_600_000 }, '--at', 'at most 5 minutes ahead of now'],
    [{ data: { leadId: 'sluice.canary.1', stage: 'mql' } }, 'the lead', 'sluice.canary.'],
  ])('is refused by the option that is wrong: %j', (more, option, message) => {
    const said = refusal(() => build('LeadStageChanged', ['stage=mql'], more));
    expect(said).toContain(`${option}: given`);
    expect(said).toContain(message.replace('source: given', '--source: given'));
  });
});
