import type { Profile } from '../profile.ts';
import { emailType, employees, outcomeOf, seniority } from './shared.ts';

export const zohoLeads: Profile = {
  name: 'Zoho leads',
  source: 'zoho.export',
  marks: ['Record Id', 'Lead Status', 'Created Time', 'Company'],
  spellings: {
    'Record Id': ['Record ID', 'LEADID', 'Lead Id', 'Lead ID'],
    'No of Employees': ['No. of Employees', 'Number of Employees'],
    'Modified Time': ['Last Activity Time', 'Created Time'],
    Title: ['Designation'],
  },
  leadIds: ['Record Id'],
  dates: ['Created Time'],
  events: [
    {
      type: 'LeadProfileUpdated',
      attributes: {
        jobTitle: 'Title',
        seniority: seniority('Title'),
        emailType: emailType('Email'),
        company: 'Company',
        industry: 'Industry',
        employees: employees('No of Employees'),
        country: 'Country',
        leadSource: 'Lead Source',
      },
    },
    {
      type: 'LeadStageChanged',
      at: 'Modified Time',
      stage: {
        column: 'Lead Status',
        values: {
          'Not Contacted': 'lead',
          'Attempted to Contact': 'lead',
          Contacted: 'mql',
          'Contact in Future': 'lead',
          'Pre-Qualified': 'mql',
          'Pre Qualified': 'mql',
        },
        otherwise: 'omit',
      },
    },
  ],
};

export const zohoPotentials: Profile = {
  name: 'Zoho deals',
  source: 'zoho.export',
  marks: ['Deal Name', 'Stage', 'Closing Date', 'Created Time'],
  spellings: {
    'Deal Name': ['Potential Name'],
    'Record Id': ['Record ID', 'Potential Id', 'POTENTIALID'],
    'Lead Id': ['LEADID', 'Lead ID', 'Lead Name.id'],
    'Contact Name.id': ['Contact Name', 'Contact ID'],
  },
  leadIds: ['Lead Id', 'Contact Name.id', 'Record Id', 'Deal Name'],
  dates: ['Created Time'],
  events: [
    { type: 'LeadStageChanged', stage: { fixed: 'opportunity' }, dealId: 'Record Id' },
    {
      type: 'LeadOutcomeRecorded',
      at: 'Closing Date',
      outcome: outcomeOf('Stage'),
      dealId: 'Record Id',
      amount: { column: 'Amount', min: 0, outside: 'omit' },
    },
  ],
  joins: [
    {
      to: 'Zoho leads',
      name: 'deals',
      key: 'Lead Id',
      on: 'Record Id',
      events: [
        {
          type: 'LeadStageChanged',
          each: 'deals',
          at: 'deals.Created Time',
          stage: { fixed: 'opportunity' },
          dealId: 'deals.Record Id',
        },
        {
          type: 'LeadOutcomeRecorded',
          each: 'deals',
          at: 'deals.Closing Date',
          outcome: outcomeOf('deals.Stage'),
          dealId: 'deals.Record Id',
          amount: { column: 'deals.Amount', min: 0, outside: 'omit' },
        },
      ],
    },
  ],
};
