import type { Profile } from '../profile.ts';
import { emailType, employees, outcomeOf, seniority } from './shared.ts';

export const salesforceLeads: Profile = {
  name: 'Salesforce leads',
  source: 'salesforce.export',
  marks: ['Lead ID', 'Lead Status', 'Created Date', 'Company'],
  spellings: {
    'Lead ID': ['Id', 'Lead Id', '18-character ID'],
    'Lead Status': ['Status'],
    'Created Date': ['CreatedDate', 'Create Date'],
    Company: ['Company / Account', 'Company Name'],
    'No. of Employees': ['NumberOfEmployees', 'Employees', 'Number of Employees'],
    'Lead Source': ['LeadSource'],
    'Last Modified Date': [
      'LastModifiedDate',
      'Last Modified',
      'Last Activity',
      'Created Date',
      'CreatedDate',
    ],
    'Converted Date': ['ConvertedDate'],
    'Converted Opportunity ID': ['ConvertedOpportunityId'],
    Title: ['Job Title'],
  },
  leadIds: ['Lead ID'],
  dates: ['Created Date'],
  events: [
    {
      type: 'LeadProfileUpdated',
      attributes: {
        jobTitle: 'Title',
        seniority: seniority('Title'),
        emailType: emailType('Email'),
        company: 'Company',
        industry: 'Industry',
        employees: employees('No. of Employees'),
        country: 'Country',
        leadSource: 'Lead Source',
      },
    },
    {
      type: 'LeadStageChanged',
      at: 'Last Modified Date',
      stage: {
        column: 'Lead Status',
        values: {
          'Open - Not Contacted': 'lead',
          New: 'lead',
          'Working - Contacted': 'mql',
          Qualified: 'sql',
          'Closed - Converted': 'opportunity',
        },
        otherwise: 'omit',
      },
    },
    { type: 'LeadStageChanged', at: 'Converted Date', stage: { fixed: 'opportunity' } },
  ],
};

export const salesforceOpportunities: Profile = {
  name: 'Salesforce opportunities',
  source: 'salesforce.export',
  marks: ['Opportunity ID', 'Stage', 'Close Date'],
  spellings: {
    'Opportunity ID': ['Id', 'Opportunity Id'],
    Stage: ['StageName'],
    'Close Date': ['CloseDate'],
    'Created Date': ['CreatedDate'],
    'Lead ID': ['Lead Id', 'Converted Lead ID'],
    'Contact ID': ['ContactId', 'Primary Contact ID'],
  },
  leadIds: ['Lead ID', 'Contact ID', 'Opportunity ID'],
  dates: ['Created Date', 'Close Date'],
  events: [
    {
      type: 'LeadStageChanged',
      at: 'Created Date',
      stage: { fixed: 'opportunity' },
      dealId: 'Opportunity ID',
    },
    {
      type: 'LeadOutcomeRecorded',
      at: 'Close Date',
      outcome: outcomeOf('Stage'),
      dealId: 'Opportunity ID',
      amount: { column: 'Amount', min: 0, outside: 'omit' },
    },
  ],
  joins: [
    {
      to: 'Salesforce leads',
      name: 'opportunities',
      key: 'Opportunity ID',
      on: 'Converted Opportunity ID',
      events: [
        {
          type: 'LeadOutcomeRecorded',
          each: 'opportunities',
          at: 'opportunities.Close Date',
          outcome: outcomeOf('opportunities.Stage'),
          dealId: 'opportunities.Opportunity ID',
          amount: { column: 'opportunities.Amount', min: 0, outside: 'omit' },
        },
      ],
    },
  ],
};
