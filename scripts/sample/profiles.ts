import type { Dice } from './dice.ts';
import type { Data } from './entry.ts';

// Profiles of the leads. No name here is that of a real person or company.

const companies = ['acme', 'example-co', 'sample-works'];
const firstNames = ['jane', 'tom', 'ana', 'lee', 'kim', 'max', 'eva', 'ben'];
const countries = ['DE', 'FR', 'GB', 'US', 'NL', 'ES', 'PL', 'SE'];
const employees = { small: [3, 6, 8, 14, 22], fitting: [60, 120, 240, 380, 620, 900, 1_800, 2_600, 6_500] };
const titles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  executive: {
    operations: 'Chief Operating Officer',
    marketing: 'Chief Marketing Officer',
    sales: 'VP Sales',
  },
  director: {
    operations: 'Head of Operations',
    marketing: 'Director of Marketing',
    sales: 'Director of Sales',
  },
  manager: { operations: 'Operations Manager', marketing: 'Campaign Manager', sales: 'Sales Manager' },
  staff: { operations: 'Planner', marketing: 'Content Editor', sales: 'Account Executive' },
};
const outsiders = ['Student', 'Software Engineer', 'Consultant', 'Research Assistant', 'Journalist'];

/** The fit of a lead; the product was made for `good` ones. */
export type Fit = 'good' | 'fair' | 'poor';

export const drawLeadId = (dice: Dice, number: number): string =>
  dice.chance(0.3)
    ? `${dice.pick(companies)}.${dice.pick(firstNames)}-${number}`
    : `lead-${String(number).padStart(4, '0')}`;

const surnames = ['Example', 'Sample', 'Muster', 'Doe', 'Placeholder'];
const firms = [
  'Acme',
  'Example Co',
  'Sample Works',
  'Specimen Ltd',
  'Muster GmbH',
  'Dummy Inc',
  'Model & Sons',
];

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Returns what the CRM knows of whom to call: of good leads only, and the same for a lead each time. */
export const contactOf = ({ leadId, fit, rep }: { leadId: string; fit: Fit; rep: string }): Data => {
  if (fit !== 'good') return {};
  const number = Number(/\d+$/.exec(leadId)?.[0] ?? 0);
  const firstName = firstNames[number % firstNames.length] ?? '';
  return {
    name: `${capitalised(firstName)} ${surnames[number % surnames.length]}`,
    company: firms[number % firms.length],
    owner: rep,
  };
};

/** Draws the attributes that a form asks for. */
export const formProfile = (dice: Dice, fit: Fit): Data => {
  const country = dice.pick(countries);
  const isOutsider = fit === 'poor' && dice.chance(0.6);
  if (isOutsider)
    return { jobTitle: dice.pick(outsiders), seniority: 'staff', emailType: 'private', country };
  const seniority = dice.pick(
    {
      good: ['executive', 'director', 'director'],
      fair: ['director', 'manager', 'manager'],
      poor: ['staff'],
    }[fit],
  );
  const department = dice.pick(['operations', 'marketing', 'sales']);
  const emailType = fit === 'poor' && dice.chance(0.5) ? 'private' : 'business';
  return { jobTitle: titles[seniority]?.[department], seniority, department, emailType, country };
};

/** Draws the attributes of the company that are found out later. */
export const firmProfile = (dice: Dice, fit: Fit): Data => ({
  industry: dice.pick(
    fit === 'good'
      ? ['software', 'finance', 'logistics', 'software']
      : fit === 'fair'
        ? ['retail', 'manufacturing', 'logistics', 'education']
        : ['education', 'agriculture', 'public-sector'],
  ),
  employees: dice.pick(fit === 'poor' ? employees.small : employees.fitting),
  ...(fit !== 'poor' && { persona: dice.pick(['operations-lead', 'growth-lead', 'revenue-lead']) }),
});
