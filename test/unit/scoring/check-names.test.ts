import { describe, expect, it } from 'vitest';
import { type BreakIt, checkDocument, foundAfter, wholeDocument } from './check-document.ts';

const criterion =
  (index: number, given: object): BreakIt =>
  (document) =>
    Object.assign(document.dimensions.fit.criteria[index], given);

const when = (condition: object): BreakIt => criterion(4, { when: condition });

const itFindsErrors = (rows: readonly (readonly [name: string, breakIt: BreakIt, ...errors: string[]])[]) =>
  it.each(rows.map(([name, breakIt, ...errors]) => [name, breakIt, errors] as const))(
    '%s',
    (_, breakIt, errors) => expect(foundAfter(breakIt).errors).toEqual(errors),
  );

const path = 'dimensions.fit.criteria[4].when';

describe('the whole document of these tests', () => {
  it('has nothing wrong with it', () => {
    expect(checkDocument(wholeDocument())).toEqual({ errors: [], warnings: [] });
  });
});

describe('a name that the model lacks is refused, with what was meant', () => {
  itFindsErrors([
    [
      'a question',
      when({ answer: 'budgt', is: 'none' }),
      `${path}.answer: given "budgt"; allowed: a question of this model; did you mean budget?`,
    ],
    [
      'a question whose words are counted',
      when({ words: 'isue', atLeast: 3 }),
      `${path}.words: given "isue"; allowed: a question of this model; did you mean issue?`,
    ],
    [
      'a question that resembles none',
      when({ figures: 'revenue', atLeast: 1 }),
      `${path}.figures: given "revenue"; allowed: a question of this model: budget, months, decides, tools, issue`,
    ],
    [
      'deep within a condition',
      when({ all: [{ answer: 'decides', is: true }, { not: { any: [{ answer: 'Budget', is: 'none' }] } }] }),
      `${path}.all[1].not.any[0].answer: given "Budget"; allowed: a question of this model; did you mean budget?`,
    ],
    [
      'an attribute of a table',
      criterion(0, { of: { attribute: 'senority' } }),
      'dimensions.fit.criteria[0].of.attribute: given "senority"; allowed: an attribute of this model; did you mean seniority?',
    ],
    [
      'an activity of a criterion, a promotion and an effort',
      (document) => {
        document.dimensions.interest.criteria[1].each.activity = 'page_visit';
        document.promotions[0].activities = ['demo_requested', 'trial'];
        document.efforts[0].activities = ['demo-requested'];
      },
      'dimensions.interest.criteria[1].each.activity: given "page_visit"; allowed: an activity of this model; did you mean page_visited?',
      'promotions[0].activities[1]: given "trial"; allowed: an activity of this model: demo_requested, page_visited',
      'efforts[0].activities[0]: given "demo-requested"; allowed: an activity of this model; did you mean demo_requested?',
    ],
    [
      'an attribute that lists show',
      (document) => {
        document.show = ['seniority', 'compny'];
      },
      'show[1]: given "compny"; allowed: an attribute of this model: seniority, employees, jobTitle',
    ],
    [
      'an attribute that the request of a hand-off announces',
      (document) => {
        document.policy.handoffs = { attributes: ['seniority', 'jobTitel'] };
      },
      'policy.handoffs.attributes[1]: given "jobTitel"; allowed: an attribute of this model; did you mean jobTitle?',
    ],
    [
      'a dimension of a scorecard',
      (document) => {
        document.scorecards.sql = { fitt: 1 };
      },
      'scorecards.sql.fitt: given the name "fitt"; allowed: a dimension of this model; did you mean fit?',
    ],
  ]);

  it('but without a vocabulary every name is one', () => {
    const found = foundAfter((document) => {
      delete document.attributes;
      document.dimensions.fit.criteria[0].of = { attribute: 'whatever' };
    });
    expect(found.errors).toEqual([]);
  });
});

describe('a misspelt field or word is refused, with what was meant', () => {
  itFindsErrors([
    [
      'an operator',
      (document) => {
        document.dimensions.fit.criteria[4].when = { answer: 'months', atleast: 3, known: true };
      },
      `${path}.atleast: given 3; allowed: no such field here; did you mean atLeast?`,
    ],
    [
      'a section',
      (document) => {
        document.polcy = document.policy;
      },
      `polcy: given ${JSON.stringify(wholeDocument().policy).slice(0, 60)}…; allowed: no such field here; did you mean policy?`,
    ],
    [
      'a stage, a class and a figure',
      (document) => {
        document.policy.rules[0].stages = ['mqll'];
        document.disqualifiers[0].class = 'problems';
        document.lanes[0].figures.churnPercentage = 3;
      },
      'lanes[0].figures.churnPercentage: given 3; allowed: no such field here; did you mean churnPercent?',
      'disqualifiers[0].class: given "problems"; allowed: persona, authority, problem; did you mean problem?',
      'policy.rules[0].stages[0]: given "mqll"; allowed: subscriber, lead, mql, sql, opportunity, customer; did you mean mql?',
    ],
    [
      'a part of the slide',
      when({ slide: 'criticaldate', is: 'complete' }),
      `${path}.slide: given "criticaldate"; allowed: titleAndIndustry, criticalBusinessIssue, problemsAndReasons, specificCapabilities, delta, criticalDate, valueRealizationEvent; did you mean criticalDate?`,
    ],
    [
      'but not where another word is as likely',
      when({ outcome: 'xyz' }),
      `${path}.outcome: given "xyz"; allowed: won, lost, renewed, expanded, churned, referenced`,
    ],
  ]);
});

describe('an id that stands twice is refused', () => {
  const twice =
    (section: string): BreakIt =>
    (document) => {
      const list = section.split('.').reduce((value, name) => value[name], document);
      list.push({ ...list[0], when: { answer: 'months', above: 30 } });
    };
  itFindsErrors([
    [
      'of a disqualifier',
      twice('disqualifiers'),
      'disqualifiers[2].id: given "no-money"; allowed: an id of its own; disqualifiers[0].id has this one',
    ],
    [
      'of a lane',
      twice('lanes'),
      'lanes[2].id: given "large"; allowed: an id of its own; lanes[0].id has this one',
    ],
    [
      'of a contradiction',
      twice('answering.contradictions'),
      'answering.contradictions[1].id: given "money-later"; allowed: an id of its own; answering.contradictions[0].id has this one',
    ],
    [
      'of an effort',
      (document) => document.efforts.push(document.efforts[0]),
      'efforts[1].id: given "demo"; allowed: an id of its own; efforts[0].id has this one',
    ],
    [
      'an attribute that lists show twice',
      (document) => {
        document.show = ['seniority', 'jobTitle', 'seniority'];
      },
      'show[2]: given "seniority"; allowed: an attribute once; show[0] is this one',
    ],
    [
      'an attribute that the request of a hand-off announces twice',
      (document) => {
        document.policy.handoffs = { attributes: ['seniority', 'seniority'] };
      },
      'policy.handoffs.attributes[1]: given "seniority"; allowed: an attribute once; policy.handoffs.attributes[0] is this one',
    ],
    [
      'of a lane, and none is the id of no lane',
      (document) => {
        document.lanes[1].id = 'none';
      },
      'lanes[1].id: given "none"; allowed: another id: none stands for a lead in no lane',
    ],
  ]);
});
