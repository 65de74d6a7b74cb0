import type { Profile } from '../profile.ts';
import { emailType, employees, outcomeOf, seniority } from './shared.ts';

const lifecycle = {
  Subscriber: 'subscriber',
  Lead: 'lead',
  'Marketing Qualified Lead': 'mql',
  marketingqualifiedlead: 'mql',
  'Sales Qualified Lead': 'sql',
  salesqualifiedlead: 'sql',
  Opportunity: 'opportunity',
  Customer: 'customer',
} as const;

const became = (column: string, stage: string) =>
  ({ type: 'LeadStageChanged', at: column, stage: { fixed: stage } }) as const;

/** Returns the event of one of the totals that HubSpot keeps of a contact, at the day on which it changed last. */
const total = (activity: string, column: string, at: string) =>
  ({
    type: 'LeadActivityRecorded',
    when: { column, not: ['', '0'] },
    at,
    activity: { fixed: activity },
    total: column,
  }) as const;

export const hubspotContacts: Profile = {
  name: 'HubSpot contacts',
  source: 'hubspot.export',
  marks: ['Record ID', 'Email', 'Create Date', 'Lifecycle Stage'],
  spellings: {
    'Record ID': ['Record ID - Contact', 'Contact ID', 'Vid'],
    'Create Date': ['Created Date'],
    'Number of Employees': ['Number of employees', 'Company size'],
    'Last Modified Date': ['Last modified date', 'Last Activity Date', 'Create Date', 'Created Date'],
    'Number of Pageviews': ['Number of Page Views', 'Number of page views'],
    'Marketing emails opened': ['Marketing Emails Opened', 'Emails Opened'],
    'Marketing emails clicked': ['Marketing Emails Clicked', 'Emails Clicked'],
    'Company Name': ['Associated Company', 'Primary company'],
    'Contact owner': ['Owner'],
    'Country/Region': ['Country'],
    'Original Source': ['Original Traffic Source', 'Lead Source'],
  },
  leadIds: ['Record ID'],
  dates: ['Create Date'],
  events: [
    {
      type: 'LeadProfileUpdated',
      attributes: {
        jobTitle: 'Job Title',
        seniority: seniority('Job Title'),
        emailType: emailType('Email'),
        company: 'Company Name',
        owner: 'Contact owner',
        industry: 'Industry',
        employees: employees('Number of Employees'),
        country: 'Country/Region',
        leadSource: 'Original Source',
      },
    },
    became('Became a Subscriber Date', 'subscriber'),
    became('Became a Lead Date', 'lead'),
    became('Became a Marketing Qualified Lead Date', 'mql'),
    became('Became a Sales Qualified Lead Date', 'sql'),
    became('Became an Opportunity Date', 'opportunity'),
    became('Became a Customer Date', 'customer'),
    {
      type: 'LeadStageChanged',
      at: 'Last Modified Date',
      stage: { column: 'Lifecycle Stage', values: lifecycle, otherwise: 'omit' },
    },
    total('page_visited', 'Number of Pageviews', 'Time of Last Visit'),
    total('email_opened', 'Marketing emails opened', 'Last marketing email open date'),
    total('email_clicked', 'Marketing emails clicked', 'Last marketing email click date'),
  ],
};

export const hubspotDeals: Profile = {
  name: 'HubSpot deals',
  source: 'hubspot.export',
  marks: ['Record ID', 'Deal Name', 'Deal Stage', 'Close Date'],
  spellings: {
    'Record ID': ['Record ID - Deal', 'Deal ID'],
    'Associated Contact IDs': ['Associated Contact Ids', 'Associated Contact ID'],
    'Close Date': ['Closed Date'],
    'Create Date': ['Created Date'],
  },
  leadIds: ['Associated Contact IDs', 'Associated Contact Email', 'Record ID'],
  dates: ['Create Date', 'Close Date'],
  events: [
    {
      type: 'LeadOutcomeRecorded',
      at: 'Close Date',
      outcome: outcomeOf('Deal Stage'),
      dealId: 'Record ID',
      amount: { column: 'Amount', min: 0, outside: 'omit' },
    },
  ],
  joins: [
    {
      to: 'HubSpot contacts',
      name: 'deals',
      key: 'Associated Contact IDs',
      on: 'Record ID',
      separator: ';',
      events: [
        {
          type: 'LeadStageChanged',
          each: 'deals',
          at: 'deals.Create Date',
          stage: { fixed: 'opportunity' },
          dealId: 'deals.Record ID',
        },
        {
          type: 'LeadOutcomeRecorded',
          each: 'deals',
          at: 'deals.Close Date',
          outcome: outcomeOf('deals.Deal Stage'),
          dealId: 'deals.Record ID',
          amount: { column: 'deals.Amount', min: 0, outside: 'omit' },
        },
      ],
    },
    {
      to: 'HubSpot contacts',
      name: 'deals',
      key: 'Associated Contact Email',
      on: 'Email',
      separator: ';',
      case: 'lower',
      events: [
        {
          type: 'LeadOutcomeRecorded',
          each: 'deals',
          at: 'deals.Close Date',
          outcome: outcomeOf('deals.Deal Stage'),
          dealId: 'deals.Record ID',
          amount: { column: 'deals.Amount', min: 0, outside: 'omit' },
        },
      ],
    },
  ],
};

const activities = {
  Meeting: 'discovery_call_held',
  'Form submission': 'content_form_submitted',
  'Demo request': 'demo_requested',
} as const;

export const hubspotActivities: Profile = {
  name: 'HubSpot activities',
  source: 'hubspot.export',
  marks: ['Activity Type', 'Activity Date', 'Associated Contact Email'],
  spellings: {
    'Activity Date': ['Activity date', 'Create Date'],
    'Associated Contact Email': ['Associated Contact IDs', 'Contact Email'],
    'Activity ID': ['Record ID'],
  },
  leadIds: ['Associated Contact Email'],
  dates: ['Activity Date'],
  events: [
    {
      type: 'LeadActivityRecorded',
      activity: { column: 'Activity Type', values: activities, otherwise: 'omit' },
      recordId: 'Activity ID',
    },
  ],
  joins: [
    {
      to: 'HubSpot contacts',
      name: 'activities',
      key: 'Associated Contact Email',
      on: 'Email',
      separator: ';',
      case: 'lower',
      events: [
        {
          type: 'LeadActivityRecorded',
          each: 'activities',
          at: 'activities.Activity Date',
          activity: { column: 'activities.Activity Type', values: activities, otherwise: 'omit' },
          recordId: 'activities.Activity ID',
        },
      ],
    },
  ],
};
