import { type CostLine, computeCost } from '../../shared/cost/index.ts';
import { line } from './lines.ts';

/** The use that a person makes of the console in a month. The numbers are assumptions, not measurements. */
export interface ConsoleUse {
  readonly workingDays: number;
  /** The minutes a day in which the page Today is seen, and how often it asks for news meanwhile. */
  readonly minutesSeen: number;
  readonly requestsAMinute: number;
  /** The other requests to the API a day: leads, timelines, the funnel, decisions. */
  readonly otherRequests: number;
  /** The mean size of an answer of the API, in bytes. */
  readonly answerBytes: number;
  /** The files a day, most of which the browser has already, and their bytes. */
  readonly files: number;
  readonly fileBytes: number;
}

/**
 * Somebody who works with the console every day. While Today is seen and used it asks for its list every 15 seconds, and
 * for the time every five minutes; it asks less often if nobody uses it, which isn't counted here.
 */
export const dailyUse: ConsoleUse = {
  workingDays: 21,
  minutesSeen: 120,
  requestsAMinute: 60 / 15 + 60 / 300,
  otherRequests: 300,
  answerBytes: 10_000,
  files: 20,
  fileBytes: 300_000,
};

const gigabyte = 2 ** 30;

/** Returns the requests to the API of a month. */
export const countApiRequests = (people: number, use: ConsoleUse): number =>
  people * use.workingDays * (use.minutesSeen * use.requestsAMinute + use.otherRequests);

/**
 * Returns the cost of a month of the console on AWS, by service: of its files, of the way to the API, and of the people
 * if they are in a user pool that is deployed with it. The functions behind the API aren't included: they cost what a
 * million requests of the API cost.
 */
export const computeConsoleLines = (people: number, use: ConsoleUse = dailyUse): CostLine[] => {
  const toApi = countApiRequests(people, use);
  const files = people * use.workingDays * use.files;
  const out = (people * use.workingDays * use.fileBytes + toApi * use.answerBytes) / gigabyte;
  const requests = toApi + files;
  return [
    line('CloudFront', 'requests', requests, 'requests', computeCost('edgeRequest', requests)),
    line('CloudFront', 'function, for each file', files, 'runs', computeCost('edgeFunction', files)),
    line('CloudFront', 'files and answers, out to the internet', out, 'GB', computeCost('edgeOut', out)),
    line('API Gateway', 'requests', toApi, 'requests', computeCost('apiRequest', toApi)),
    line('Cognito', 'people in a user pool', people, 'people', computeCost('poolPerson', people)),
    line('CloudWatch', 'metric of the alarm on sign-in', 1, 'a month', computeCost('alarm', 1)),
  ];
};
