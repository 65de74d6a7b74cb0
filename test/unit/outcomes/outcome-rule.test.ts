import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../events/index.ts';
import {
  formatCut,
  formatOutcomeRule,
  listNamed,
  parseCut,
  parseDays,
  parseOutcomeRule,
} from '../../../shared/outcomes/index.ts';
import { type OutcomeRule, satisfies } from '../../../shared/outcomes/outcome-rule.ts';

const parse = (text: string): OutcomeRule => {
  const parsed = parseOutcomeRule(text);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
};
const holds = (text: string, ...happened: Outcome[]): boolean => satisfies(parse(text), new Set(happened));

describe('a rule over outcomes', () => {
  it.each([
    ['won', ['won'], true],
    ['won', ['lost'], false],
    ['won', [], false],
    ['not churned', [], true],
    ['(renewed or expanded or referenced) and not churned', ['expanded'], true],
    ['(renewed or expanded or referenced) and not churned', ['expanded', 'churned'], false],
    ['(renewed or expanded or referenced) and not churned', ['won'], false],
    ['won and not (lost or churned)', ['won'], true],
    ['won and not (lost or churned)', ['won', 'lost'], false],
    ['NOT churned AND won', ['won'], true],
    ['not not won', ['won'], true],
  ] as const)('%s after %j is %s', (text, happened, expected) => {
    expect(holds(text, ...happened)).toBe(expected);
  });

  it.each(['won', 'not won', '(renewed or expanded) and not churned', 'won and (not lost or renewed)'])(
    'is written as it is read: %s',
    (text) => {
      expect(formatOutcomeRule(parse(formatOutcomeRule(parse(text))))).toBe(formatOutcomeRule(parse(text)));
    },
  );

  it('names its outcomes once each', () => {
    expect(listNamed(parse('(renewed or expanded) and not (churned or renewed)'))).toEqual([
      'renewed',
      'expanded',
      'churned',
    ]);
  });

  it.each([
    [
      '',
      /at the end, character 1 there is nothing; allowed there: not, \(, or an outcome: won, lost, renewed/,
    ],
    ['won or', /at the end, character 7 there is nothing; allowed there: not, \(, or an outcome/],
    [
      'win',
      /at character 1 there is "win"; allowed there: .*won, lost, renewed, expanded, churned, referenced/,
    ],
    ['(won', /at the end, character 5 .*allowed there: and, or, or \)/],
    ['won)', /at character 4 there is "\)"; allowed there: and, or, or the end/],
    ['won lost', /at character 5 there is "lost"; allowed there: and, or, or the end/],
    ['renewed or expanded, and not churned', /at character 20 there is ","/],
    [
      'won and not lost or churned',
      /at character 18 there is "or"; .*put parentheses around what belongs together/,
    ],
    ['won or not won', /is the same for every lead/],
    ['won and not won', /is the same for every lead/],
    ['won; drop', /at character 4 there is ";"/],
    [`${'('.repeat(600)}won`, /has 603 characters; allowed: 500/],
  ])('refuses %j, and says where and what is allowed', (text, why) => {
    const parsed = parseOutcomeRule(text);
    expect(parsed.ok ? 'ok' : parsed.why).toMatch(why);
  });
});

describe('a cut', () => {
  it.each(['mql', 'created', 'mql+7d', 'customer+30d'])('reads %s', (text) => {
    const parsed = parseCut(text);
    expect(parsed.ok && formatCut(parsed.value)).toBe(text);
  });

  it.each(['', 'MQL', 'mql+', 'mql+7', 'mql+7h', 'mql-7d', 'mql+9999d', 'prospect'])('refuses %j', (text) => {
    const parsed = parseCut(text);
    expect(parsed.ok ? 'ok' : parsed.why).toMatch(
      /created or a stage \(subscriber, lead, mql.*at most 3650 days/,
    );
  });
});

describe('a number of days', () => {
  it('is in milliseconds', () => {
    expect(parseDays('90d')).toEqual({ ok: true, value: 90 * 86_400_000 });
  });

  it.each(['', '90', '0d', '3651d', '1.5d', '-1d', '90D'])('refuses %j', (text) => {
    expect(parseDays(text).ok).toBe(false);
  });
});
