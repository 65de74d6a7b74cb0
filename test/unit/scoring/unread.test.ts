import { describe, expect, it } from 'vitest';
import { createFindUnread, listNamesRead, type Said } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument, successReady } from '../../support/models.ts';

const inShipped = createFindUnread(successReady().document);

const attribute = (name: string, value: NonNullable<Said['value']>): Said => ({
  bag: 'attributes',
  name,
  value,
});
const answer = (name: string, value: NonNullable<Said['value']>): Said => ({ bag: 'answers', name, value });
const activity = (name: string): Said => ({ bag: 'activities', name });

/** Returns the small model with other criteria for fit. */
const withCriteria = (...criteria: readonly object[]) => {
  const document = smallDocument();
  return createFindUnread(
    compileDocument({
      ...document,
      dimensions: { ...document.dimensions, fit: { title: 'Fit', criteria } },
      disqualifiers: [],
      tiers: { excellent: 4, good: 3, risky: 2, hysteresis: 0 },
    }).document,
  );
};

describe('what no rule reads', () => {
  it.each<[string, Said, string | undefined]>([
    ['a misspelt attribute', attribute('senority', 'director'), 'seniority'],
    ['a misspelt question', answer('buget', 'approved'), 'budget'],
    ['a misspelt activity', activity('demo_request'), 'demo_requested'],
    ['an attribute in another spelling', attribute('job_title', 'CTO'), 'jobTitle'],
    ['a name like none', attribute('favouriteColour', 'red'), undefined],
    ['a name of every object', attribute('constructor', 'x'), undefined],
  ])('is found by name: %s', (_, said, meant) => {
    expect(inShipped(said)).toEqual({ ...said, what: 'name', ...(meant !== undefined && { meant }) });
  });

  it.each<[string, Said, string]>([
    [
      'a choice that is not described',
      attribute('seniority', 'chief'),
      'executive, director, manager, staff',
    ],
    ['text where a number is described', attribute('employees', 'about 120'), 'a number from 0'],
    ['a number out of its range', attribute('employees', -3), 'a number from 0'],
    ['text where yes or no is asked', answer('knowsDecider', 'maybe'), 'true, false'],
    [
      'a value that tables and lists do not name',
      attribute('industry', 'Computer Software'),
      'education, public-sector, software, finance, logistics, retail, manufacturing',
    ],
  ])('is found by value: %s', (_, said, allowed) => {
    expect(inShipped(said)).toMatchObject({ ...said, what: 'value', allowed });
  });

  it.each<[string, Said]>([
    ['a value of a table', attribute('industry', 'software')],
    ['a value of a list alone', attribute('industry', 'public-sector')],
    ['a number within bands', attribute('employees', 700)],
    ['a number below all bands', attribute('employees', 1)],
    ['a described choice that gives no points', attribute('seniority', 'staff')],
    ['text of which only the words count', answer('delta', 'We lose 3 % of all orders')],
    ['another value than the only one that a rule names', attribute('persona', 'growth-lead')],
    ['an activity of a promotion alone', activity('content_form_submitted')],
    ['an activity of an effort alone', activity('rescue_call_held')],
    ['what is cleared', { bag: 'attributes', name: 'industry', value: null }],
  ])('is not %s', (_, said) => {
    expect(inShipped(said)).toBeUndefined();
  });

  it('suggests the value that was probably meant, also of the only one that a rule names', () => {
    expect(inShipped(answer('budget', 'aproved'))).toMatchObject({ what: 'value', meant: 'approved' });
    const find = withCriteria({
      id: 'c',
      text: 'is one',
      when: { attribute: 'kind', is: 'partner' },
      points: 9,
    });
    expect(find(attribute('kind', 'parner'))).toMatchObject({ what: 'value', meant: 'partner' });
    expect(find(attribute('kind', 'customer'))).toBeUndefined();
    expect(find(attribute('kind', 'partner'))).toBeUndefined();
  });

  it('is no text in which a rule looks for a part, nor any value if rules ask only whether there is one', () => {
    const find = withCriteria(
      { id: 'c', text: 'is one', when: { attribute: 'title', contains: 'chief' }, points: 9 },
      { id: 'd', text: 'is known', when: { attribute: 'phone', known: true }, points: 9 },
    );
    expect(find(attribute('title', 'Clerk'))).toBeUndefined();
    expect(find(attribute('phone', '+49 1'))).toBeUndefined();
  });

  const when = (condition: object) => ({ id: 'c', text: 'is so', when: condition, points: 9 });

  it('is a number that is none of those that rules name', () => {
    const find = withCriteria(when({ attribute: 'grade', in: [1, 2] }));
    expect(find(attribute('grade', 3))).toMatchObject({ what: 'value', allowed: '1, 2' });
    expect(find(attribute('grade', '3'))).toMatchObject({ what: 'value', allowed: '1, 2' });
    expect(find(attribute('grade', 'two'))).toMatchObject({ what: 'value', allowed: '1, 2' });
    expect(['1', 1, '2.0'].map((value) => find(attribute('grade', value)))).toEqual(Array(3).fill(undefined));
  });

  it('is no number where rules name one, compare, or ask for a quotient', () => {
    const one = withCriteria(when({ attribute: 'seats', is: 1200 }));
    expect([12_000, '12000', 0].map((value) => one(attribute('seats', value)))).toEqual(
      Array(3).fill(undefined),
    );
    expect(one(attribute('seats', 'many'))).toMatchObject({ what: 'value', allowed: 'a number' });
    const compared = withCriteria({
      ...when({
        any: [
          { attribute: 'seats', in: [1, 2] },
          { attribute: 'seats', atLeast: 50 },
        ],
      }),
    });
    expect(compared(attribute('seats', 3))).toBeUndefined();
  });

  it('is what is neither yes nor no where rules ask for one of them', () => {
    const find = withCriteria(when({ attribute: 'optIn', is: true }));
    expect(find(attribute('optIn', 'yes'))).toMatchObject({ what: 'value', allowed: 'true, false' });
    expect(find(attribute('optIn', 1))).toMatchObject({ what: 'value', allowed: 'true, false' });
    expect([true, false, 'TRUE', 'False'].map((value) => find(attribute('optIn', value)))).toEqual(
      Array(4).fill(undefined),
    );
    const mixed = withCriteria(when({ attribute: 'optIn', in: [true, 'double'] }));
    expect(mixed(attribute('optIn', 'yes'))).toMatchObject({ allowed: 'true, false, or double' });
    expect(mixed(attribute('optIn', 'double'))).toBeUndefined();
  });

  it('is text where rules ask for a number only', () => {
    const find = withCriteria({
      id: 'c',
      text: 'is large',
      of: { attribute: 'seats' },
      bands: [{ from: 10, points: 9 }],
    });
    expect(find(attribute('seats', 'many'))).toMatchObject({ what: 'value', allowed: 'a number' });
    expect(find(attribute('seats', 3))).toBeUndefined();
  });
});

describe('the names that a model reads', () => {
  it('are those of conditions, criteria, promotions and efforts, and not those that it only describes', () => {
    const document = {
      ...smallDocument(),
      attributes: { seniority: { title: 'Seniority', kind: 'text' }, city: { title: 'City', kind: 'text' } },
    };
    const read = listNamesRead(compileDocument(document).document);
    expect([...read.attributes]).toEqual(['seniority']);
    expect([...read.answers]).toEqual(['need']);
    expect([...read.activities].sort()).toEqual(['content_downloaded', 'demo_requested', 'page_visited']);
  });
});
