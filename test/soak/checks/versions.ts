import { number } from '../../../shared/dynamodb/index.ts';
import type { Finding } from './finding.ts';
import { type LeadItems, type Stored, stateOf } from './stored.ts';

const checkLead = (lead: LeadItems): Finding[] => {
  const state = stateOf(lead);
  const versions = Map.groupBy(lead.entries, (item) => number(item, 'version'));
  const fault = (sentence: string): Finding => ({ invariant: 'I4', about: lead.leadId, sentence });
  if (state === undefined) return lead.entries.length === 0 ? [] : [fault('has entries and no state')];
  const gaps = Array.from({ length: state.version }, (_, i) => i + 1).filter((v) => !versions.has(v));
  const ahead = [...versions.keys()].filter((version) => version > state.version);
  const uneven = [...versions].filter(([, items]) => {
    const ordinals = new Set(items.map((item) => number(item, 'ordinal')));
    return ordinals.size !== items.length || Math.max(...ordinals) !== items.length - 1;
  });
  return [
    ...gaps.map((version) => fault(`no entry has version ${version}`)),
    ...ahead.map((version) => fault(`an entry has version ${version}, the state ${state.version}`)),
    ...uneven.map(([version]) => fault(`the entries of version ${version} don't count up from 0`)),
  ];
};

/** I4, its first half: a lead's version rises by one per commit, without gaps. */
export const checkVersions = ({ leads }: Stored): Finding[] => [...leads.values()].flatMap(checkLead);
