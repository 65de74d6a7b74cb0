import { describe, expect, it } from 'vitest';
import { computeConsoleLines, countApiRequests, dailyUse } from '../../../bench/cost/console-month.ts';
import { readPeople } from '../../../bench/cost/options.ts';
import { sumLines } from '../../../shared/cost/index.ts';

const findLine = (people: number, what: string) =>
  computeConsoleLines(people).find((each) => each.what === what);

describe('the cost of a month of the console', () => {
  it('is the same for each person, but for the one alarm', () => {
    const [one, ten] = [sumLines(computeConsoleLines(1)), sumLines(computeConsoleLines(10))];
    expect(ten - 0.1).toBeCloseTo(10 * (one - 0.1));
  });

  it('has each request to the API twice: at the edge, and at the gateway', () => {
    const toApi = countApiRequests(5, dailyUse);
    expect(toApi).toBe(5 * 21 * (120 * 4.2 + 300));
    expect(findLine(5, 'people in a user pool')?.usd).toBeCloseTo(0.1);
    const requests = computeConsoleLines(5).filter(({ what }) => what === 'requests');
    expect(requests.map(({ service, amount }) => [service, amount])).toEqual([
      ['CloudFront', toApi + 5 * 21 * 20],
      ['API Gateway', toApi],
    ]);
  });

  it('is asked for by the number of people alone', () => {
    expect(readPeople(['--people', '20'])).toBe(20);
    expect(readPeople(['--people=1'])).toBe(1);
    expect(readPeople([])).toBeUndefined();
    expect(readPeople(['--leads', '5', '--events', '0'])).toBeUndefined();
    for (const wrong of ['0', '1.5', 'many', '1000001'])
      expect(() => readPeople(['--people', wrong])).toThrow(
        `--people: given "${wrong}"; allowed: a whole number from 1 to 1000000, in digits alone`,
      );
    expect(() => readPeople(['--people', '5', '--leads', '5'])).toThrow('usage: npm run cost');
  });
});
