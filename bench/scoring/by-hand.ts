import type { FactValue, Stage } from '../../events/index.ts';
import {
  type ActivityCounts,
  type AnswerFact,
  computeDay,
  countWithin,
  type Dated,
  type Facts,
} from '../../shared/scoring/index.ts';

export interface HandScored {
  readonly score: number;
  readonly coverage: number;
  readonly dimensions: readonly number[];
  readonly disqualifier: string | undefined;
}

const weights: Readonly<Record<Stage, readonly [number, number, number, number]>> = {
  subscriber: [0.4, 0.6, 0, 0],
  lead: [0.5, 0.5, 0, 0],
  mql: [0.4, 0.4, 0.2, 0],
  sql: [0.2, 0.2, 0.4, 0.2],
  opportunity: [0.1, 0.1, 0.3, 0.5],
  customer: [0.1, 0.1, 0.3, 0.5],
};

const valueIn = (dated: AnswerFact | Dated<FactValue> | undefined): FactValue =>
  dated === undefined ? null : dated[0];

const within = (activity: ActivityCounts | undefined, today: number, days: number): number =>
  activity === undefined ? 0 : countWithin(activity, today, days);

const clamp = (points: number): number => (points < 0 ? 0 : points > 100 ? 100 : points);
const round = (value: number): number => Math.round(value * 100) / 100;

/** The sum of the points, and the sum of the maximum points of the criteria whose facts are known. */
interface Sum {
  points: number;
  known: number;
}

const profile = ({ attributes }: Facts, sum: Sum): void => {
  let points = 0;
  let known = 0;
  const seniority = valueIn(attributes.seniority);
  if (seniority !== null) {
    known += 40;
    if (seniority === 'executive' || seniority === 'director') points += 25;
    else if (seniority === 'manager') points += 15;
  }
  const department = valueIn(attributes.department);
  if (department !== null) {
    known += 15;
    if (department === 'operations') points += 15;
    else if (department === 'marketing' || department === 'sales') points += 12;
    else if (department === 'finance') points += 6;
  }
  const industry = valueIn(attributes.industry);
  if (industry !== null) {
    known += 18;
    if (industry === 'software') points += 18;
    else if (industry === 'finance') points += 15;
    else if (industry === 'logistics') points += 12;
    else if (industry === 'retail') points += 10;
    else points += 2;
  }
  const employees = valueIn(attributes.employees);
  if (employees !== null) {
    known += 20;
    if (typeof employees === 'number') {
      if (employees >= 5000) points += 8;
      else if (employees >= 500) points += 20;
      else if (employees >= 50) points += 15;
      else if (employees >= 10) points += 5;
    }
  }
  const revenue = valueIn(attributes.revenue);
  if (revenue !== null) {
    known += 8;
    if (typeof revenue === 'number' && revenue >= 1_000_000 && revenue < 500_000_000) points += 8;
  }
  const country = valueIn(attributes.country);
  if (country !== null) {
    known += 5;
    if (country !== 'KP' && country !== 'IR' && country !== 'SY') points += 5;
  }
  const technologies = valueIn(attributes.technologies);
  if (technologies !== null) {
    known += 6;
    const uses =
      typeof technologies === 'string'
        ? technologies.toLowerCase().includes('crm')
        : Array.isArray(technologies) && technologies.some((entry) => entry.toLowerCase() === 'crm');
    if (uses) points += 6;
  }
  const jobTitle = valueIn(attributes.jobTitle);
  if (jobTitle !== null) {
    known += 6;
    if (typeof jobTitle === 'string' && jobTitle.toLowerCase().startsWith('head of')) points += 6;
  }
  const emailType = valueIn(attributes.emailType);
  if (emailType !== null) {
    known += 12;
    if (emailType === 'private') points -= 12;
  }
  sum.points = points;
  sum.known = known / 130;
};

/** Adds up engagement, whose facts are always known: an activity that never happened has a count of zero. */
const engagement = ({ activities }: Facts, today: number, sum: Sum): void => {
  let points = Math.min(10, 2 * within(activities.email_opened, today, 30));
  points += Math.min(16, 4 * within(activities.email_clicked, today, 30));
  points += Math.min(14, 2 * within(activities.page_visited, today, 30));
  if (within(activities.pricing_page_visited, today, 30) >= 1) points += 15;
  points += Math.min(20, 10 * within(activities.content_downloaded, today, 90));
  if (within(activities.webinar_attended, today, 90) >= 1) points += 12;
  if (within(activities.demo_requested, today, 90) >= 1) points += 35;
  if (within(activities.page_visited, today, 7) >= 5) points += 8;
  if (
    within(activities.content_downloaded, today, 60) >= 1 &&
    ((activities.webinar_attended?.[0] ?? 0) >= 1 || (activities.demo_requested?.[0] ?? 0) >= 1)
  ) {
    points += 10;
  }
  if (within(activities.unsubscribed, today, 365) >= 1) points -= 40;
  sum.points = points;
  sum.known = 1;
};

const qualification = ({ answers }: Facts, sum: Sum): void => {
  let points = 0;
  let known = 0;
  const budget = valueIn(answers.budget);
  const authority = valueIn(answers.authority);
  const need = valueIn(answers.need);
  if (budget !== null) {
    known += 35;
    if (budget === 'approved' || budget === 'planned') points += 15;
    else if (budget === 'none') points -= 20;
  }
  if (authority !== null) {
    known += 20;
    if (authority === 'decides') points += 20;
    else if (authority === 'influences') points += 12;
    else if (authority === 'sent-by-decider') points += 10;
    else if (authority === 'none') points -= 15;
  }
  if (need !== null) {
    known += 20;
    if (need === 'critical') points += 20;
    else if (need === 'important') points += 12;
    else if (need === 'nice') points += 3;
    else points -= 5;
  }
  const months = valueIn(answers.timeframeMonths);
  if (months !== null) {
    known += 15;
    if (typeof months === 'number') {
      if (months >= 13) points -= 15;
      else if (months >= 7) points += 0;
      else if (months >= 4) points += 5;
      else if (months >= 0) points += 10;
    }
  }
  const hasNeed = need === 'critical' || need === 'important';
  if (budget === 'approved' && hasNeed) {
    known += 15;
    points += 15;
  } else if ((budget !== null && budget !== 'approved') || (need !== null && !hasNeed)) {
    known += 15;
  }
  const knowsDecider = valueIn(answers.knowsDecider);
  if (authority === 'decides' || knowsDecider === true) {
    known += 8;
    points += 8;
  } else if (authority !== null && knowsDecider !== null) {
    known += 8;
  }
  const competitor = valueIn(answers.competitor);
  if (competitor !== null) {
    known += 5;
    if (competitor !== true) points += 5;
  }
  const dealSize = valueIn(answers.dealSize);
  if (dealSize !== null) {
    known += 10;
    if (typeof dealSize === 'number' && dealSize >= 10_000) points += 10;
  }
  const procurement = valueIn(answers.procurement);
  if (procurement !== null) {
    known += 6;
    if (procurement !== 'tender') points += 6;
  }
  sum.points = points;
  sum.known = known / 134;
};

const success = ({ attributes, answers, activities }: Facts, sum: Sum): void => {
  let points = 0;
  let known = 13;
  const fit = valueIn(answers.problemFitPercent);
  if (fit !== null) {
    known += 35;
    if (typeof fit === 'number') {
      if (fit >= 90) points += 35;
      else if (fit >= 80) points += 25;
      else if (fit >= 70) points += 12;
      else if (fit >= 50) points -= 10;
      else if (fit >= 0) points -= 30;
    }
  }
  const culture = valueIn(answers.culture);
  if (culture !== null) {
    known += 20;
    if (culture === 'technology-adopter' || culture === 'early-majority') points += 20;
    else if (culture === 'innovator') points += 10;
    else if (culture === 'late-majority') points += 5;
    else if (culture === 'laggard') points -= 15;
  }
  const usedBefore = valueIn(answers.usedBefore);
  if (usedBefore !== null) {
    known += 15;
    if (usedBefore === true) points += 15;
  }
  const referred = valueIn(answers.referred);
  if (referred !== null) {
    known += 10;
    if (referred === true) points += 10;
  }
  const seniority = valueIn(attributes.seniority);
  if (seniority !== null) {
    known += 8;
    if (seniority === 'executive') points += 8;
  }
  const team = valueIn(answers.buyingTeamSize);
  if (team !== null) {
    known += 10;
    if (typeof team === 'number') {
      if (team >= 11) points -= 10;
      else if (team >= 1 && team < 6) points += 10;
    }
  }
  const wouldRefer = valueIn(answers.wouldRefer);
  if (wouldRefer !== null) {
    known += 5;
    if (wouldRefer === true) points += 5;
  }
  if ((activities.support_requested?.[0] ?? 0) <= 3) points += 4;
  points += Math.min(9, 3 * (activities.training_attended?.[0] ?? 0));
  const foundedYear = valueIn(attributes.foundedYear);
  if (foundedYear !== null) {
    known += 4;
    if (typeof foundedYear === 'number' && foundedYear <= 2015) points += 4;
  }
  sum.points = points;
  sum.known = known / 120;
};

const findDisqualifier = ({ attributes, answers }: Facts): string | undefined => {
  if (valueIn(attributes.persona) === 'none') return 'no-persona';
  if (valueIn(answers.authority) === 'none' && valueIn(answers.knowsDecider) === false) return 'no-authority';
  if (valueIn(answers.need) === 'none') {
    const fit = valueIn(answers.problemFitPercent);
    if (!(typeof fit === 'number' && fit >= 50)) return 'no-problem';
  }
  return undefined;
};

const sum: Sum = { points: 0, known: 0 };

/** Scores with code that was written for this scorecard only: its rules are code, its sums are numbers. */
export const scoreByHand = (facts: Facts, stage: Stage, at: number): HandScored => {
  const today = computeDay(at);
  const [profileWeight, engagementWeight, qualificationWeight, successWeight] = weights[stage];
  profile(facts, sum);
  const profilePoints = clamp(sum.points);
  let coverage = profileWeight * sum.known;
  engagement(facts, today, sum);
  const engagementPoints = clamp(sum.points);
  coverage += engagementWeight * sum.known;
  qualification(facts, sum);
  const qualificationPoints = clamp(sum.points);
  coverage += qualificationWeight * sum.known;
  success(facts, sum);
  const successPoints = clamp(sum.points);
  coverage += successWeight * sum.known;
  const score =
    profileWeight * profilePoints +
    engagementWeight * engagementPoints +
    qualificationWeight * qualificationPoints +
    successWeight * successPoints;
  return {
    score: round(clamp(score)),
    coverage: round(Math.min(1, coverage)),
    dimensions: [
      round(profilePoints),
      round(engagementPoints),
      round(qualificationPoints),
      round(successPoints),
    ],
    disqualifier: findDisqualifier(facts),
  };
};
