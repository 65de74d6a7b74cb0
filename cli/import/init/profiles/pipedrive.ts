import type { Profile } from '../profile.ts';
import { emailType, outcomeOf, seniority } from './shared.ts';

export const pipedrivePersons: Profile = {
  name: 'Pipedrive people',
  source: 'pipedrive.export',
  marks: ['Person - Name', 'Person - Person created'],
  spellings: {
    'Person - ID': ['Person - Pipedrive System ID', 'ID'],
    'Person - Email': ['Person - Email - Work', 'Person - Email (Work)', 'Person - Email - Other'],
    'Person - Title': ['Person - Job title'],
    'Person - Person created': ['Person - Creation date', 'Person - Created', 'Person - Add time'],
    'Person - Organization': ['Organization - Name', 'Organization name'],
    'Person - Won deals': ['Person - Closed deals won'],
  },
  leadIds: ['Person - ID', 'Person - Email', 'Person - Name'],
  dates: ['Person - Person created'],
  events: [
    {
      type: 'LeadProfileUpdated',
      attributes: {
        jobTitle: 'Person - Title',
        seniority: seniority('Person - Title'),
        emailType: emailType('Person - Email'),
        company: 'Person - Organization',
      },
    },
  ],
};

export const pipedriveDeals: Profile = {
  name: 'Pipedrive deals',
  source: 'pipedrive.export',
  marks: ['Deal - Title', 'Deal - Status', 'Deal - Deal created'],
  spellings: {
    'Deal - ID': ['Deal - Pipedrive System ID', 'ID'],
    'Deal - Deal created': ['Deal - Creation date', 'Deal - Created', 'Deal - Add time'],
    'Deal - Deal closed on': ['Deal - Closed on', 'Deal - Close time'],
    'Deal - Contact person': ['Contact person', 'Person - Name'],
    'Deal - Contact person ID': ['Person - ID'],
    'Deal - Lost reason': ['Lost reason'],
  },
  leadIds: ['Deal - Contact person ID', 'Deal - Contact person', 'Deal - ID'],
  dates: ['Deal - Deal created'],
  events: [
    {
      type: 'LeadStageChanged',
      at: 'Deal - Deal created',
      stage: { fixed: 'opportunity' },
      dealId: 'Deal - ID',
    },
    {
      type: 'LeadOutcomeRecorded',
      when: { column: 'Deal - Status', equals: 'Won' },
      at: 'Deal - Won time',
      outcome: { fixed: 'won' },
      dealId: 'Deal - ID',
      amount: { column: 'Deal - Value', min: 0, outside: 'omit' },
    },
    {
      type: 'LeadOutcomeRecorded',
      when: { column: 'Deal - Status', equals: 'Lost' },
      at: 'Deal - Lost time',
      outcome: { fixed: 'lost' },
      dealId: 'Deal - ID',
      reason: 'Deal - Lost reason',
    },
  ],
  joins: [
    {
      to: 'Pipedrive people',
      name: 'deals',
      key: 'Deal - Contact person',
      on: 'Person - Name',
      case: 'lower',
      events: [
        {
          type: 'LeadStageChanged',
          each: 'deals',
          at: 'deals.Deal - Deal created',
          stage: { fixed: 'opportunity' },
          dealId: 'deals.Deal - ID',
        },
        {
          type: 'LeadOutcomeRecorded',
          each: 'deals',
          at: 'deals.Deal - Deal closed on',
          outcome: outcomeOf('deals.Deal - Status'),
          dealId: 'deals.Deal - ID',
          amount: { column: 'deals.Deal - Value', min: 0, outside: 'omit' },
        },
      ],
    },
  ],
};
