import { describe, expect, it } from 'vitest';
import { diffModels } from '../../../shared/model-diff/index.ts';
import { checkModel, type ModelDocument } from '../../../shared/scoring/index.ts';
import { successReady } from '../../support/models.ts';

/** A document as JSON gives it, of which a test may change anything. */
type Parsed = ReturnType<typeof JSON.parse>;

const shipped = successReady().document;

/** Returns what differs if a copy of the shipped model is changed. */
const diffAfter = (change: (document: Parsed) => void) => {
  const document = JSON.parse(JSON.stringify(shipped));
  change(document);
  return diffModels(shipped, document);
};

describe('the differences of two models', () => {
  it('are none for the same document, whatever the order of its names', () => {
    const reversed = Object.fromEntries(Object.entries(structuredClone(shipped)).toReversed());
    expect(diffModels(shipped, reversed as ModelDocument)).toEqual([]);
  });

  it('name the points of a criterion, with those it gave before', () => {
    const found = diffAfter(({ dimensions }) => {
      dimensions.profile.criteria[0].points = 25;
    });
    expect(found).toEqual([
      {
        about: 'Dimension "Profile fit" (profile)',
        sentences: ['"is an executive or a director" (executive) gives 25 points instead of 30'],
      },
    ]);
  });

  it('name criteria that are new, gone, or in another order', () => {
    const [found] = diffAfter(({ dimensions: { profile } }) => {
      const [first, second, ...others] = profile.criteria;
      profile.criteria = [others[0], second, ...others.slice(1)];
      profile.criteria.push({ ...first, id: 'boss', when: { attribute: 'seniority', is: 'executive' } });
    });
    expect(found?.sentences).toEqual([
      '"is an executive or a director" (boss) is new: 30 points if the attribute seniority is "executive"',
      '"is an executive or a director" (executive) is gone',
      expect.stringMatching(/^The criteria stand in another order: department, manager, /),
    ]);
  });

  it('name the bands, and the values of a table', () => {
    const [found] = diffAfter(({ dimensions: { profile } }) => {
      const table = profile.criteria.find(({ id }: { id: string }) => id === 'industry');
      table.table.software = 21;
      table.table.mining = 3;
      delete table.table.education;
      const { bands } = profile.criteria.find(({ id }: { id: string }) => id === 'company-size');
      bands[0].points += 1;
      bands[1].from += 1;
    });
    expect(found?.sentences).toEqual([
      '"is in one of our target industries" (industry): the value "software" gives 21 points instead of 20',
      '"is in one of our target industries" (industry): the value "mining" is new, with 3 points',
      '"is in one of our target industries" (industry): the value "education" is gone',
      '"works for a company of this size" (company-size): the band from 5000 on gives 13 points instead of 12',
      '"works for a company of this size" (company-size): the band from 501 on is new, with 25 points',
      '"works for a company of this size" (company-size): the band from 500 on is gone',
    ]);
  });

  it('give weights as shares', () => {
    const found = diffAfter(({ scorecards }) => {
      scorecards.lead = { profile: 3, engagement: 1 };
      scorecards.subscriber = { profile: 8, engagement: 12 };
    });
    expect(found).toEqual([
      {
        about: 'Scorecards',
        sentences: [
          'The scorecard of "subscriber": the weights are {"profile":8,"engagement":12} instead of ' +
            '{"profile":4,"engagement":6}; no share moves by a tenth of a percent',
          'The scorecard of "lead": profile has 75 % of the weight instead of 50 %',
          'The scorecard of "lead": engagement has 25 % of the weight instead of 50 %',
        ],
      },
    ]);
  });

  it('name the bounds of tiers, and rules of the policy with their actions', () => {
    const found = diffAfter(({ tiers, policy }) => {
      tiers.good = 55;
      tiers.hysteresis = 0;
      const rule = policy.rules.find(({ action }: Parsed) => action.queue === 'sales-priority');
      rule.action.dueHours = 2;
      policy.rules.reverse();
    });
    expect(found.find(({ about }) => about === 'Tiers')?.sentences).toEqual([
      'The tier good begins at 55 instead of 50',
      'A tier is lost 0 points below its bound instead of 3',
    ]);
    const rules = found.find(({ about }) => about === 'Policy')?.sentences;
    expect(rules?.[0]).toMatch(
      /^A rule is new, \d+ of \d+: hands off to "sales-priority" within 2 hours at the stage mql, in the tier excellent$/,
    );
    expect(rules?.[1]).toMatch(/^A rule is gone, 3 of \d+: hands off to "sales-priority" within 4 hours /);
    expect(rules?.[2]).toMatch(/^The order is another one; the first rule is now: /);
  });

  it('name disqualifiers and lanes with their conditions', () => {
    const found = diffAfter(({ disqualifiers, lanes }) => {
      disqualifiers[2].when = { not: { answer: 'need', in: ['critical', 'important'] } };
      lanes.splice(0, 1);
      lanes[0].figures.churnPercent = 17;
    });
    expect(found).toEqual([
      {
        about: 'Lanes',
        sentences: [
          '"Companies of 5,000 people and more" (enterprise), figures, churnPercent: 17 instead of 16',
          '"Schools and public administration" (public) is gone',
        ],
      },
      {
        about: 'Disqualifiers',
        sentences: [
          '"has none of the problems that the product solves" (no-problem) has another condition: ' +
            'not (the answer need is one of "critical", "important"); before: the answer need is "none"',
        ],
      },
    ]);
  });

  it('name a dimension that is new or gone, also one with a name that JavaScript uses itself', () => {
    const found = diffAfter(({ dimensions }) => {
      dimensions.constructor = dimensions.profile;
      delete dimensions.engagement;
    });
    expect(found.map(({ about, sentences }) => [about, ...sentences])).toEqual([
      ['Dimension "Profile fit" (constructor)', expect.stringMatching(/^It is new, with \d+ criteria$/)],
      [expect.stringMatching(/^Dimension ".*" \(engagement\)$/), expect.stringMatching(/^It is gone, with /)],
    ]);
  });

  it('are of documents that pass the checks', () => {
    expect(checkModel(shipped).ok).toBe(true);
  });
});
