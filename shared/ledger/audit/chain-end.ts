import { base64, type Item } from '../../dynamodb/index.ts';
import type { LedgerEnd } from '../../lead/index.ts';
import type { Finding } from './finding.ts';
import { versionIn } from './place.ts';

const hashBytes = 32;

/** Where a stored state says that its ledger ends, or what keeps it from saying so. */
export const endIn = (state: Item | undefined): LedgerEnd | Finding => {
  if (state === undefined) {
    return {
      code: 'state-lost',
      sentence: 'there are entries and no state: it was deleted, and `sluice rebuild` restores it',
    };
  }
  const version = versionIn(state);
  const isHead = state.head?.B?.length === hashBytes;
  if (version !== undefined && isHead) return { version, head: base64(state, 'head') };
  return {
    code: 'head-wrong',
    sentence: `the state says no ${isHead ? 'version' : 'head'} that can be: where the ledger ended is unknown`,
  };
};

export const isEnd = (found: LedgerEnd | Finding): found is LedgerEnd => 'head' in found;
