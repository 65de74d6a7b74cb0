import type { Commit, Lead, RecordedEvent } from '../../shared/lead/index.ts';
import { itemsOf } from '../../shared/ledger/index.ts';

/** A lead as it is stored after a commit: the next one is decided upon it. */
export const storedAfter = <State extends Lead>(
  commit: Commit<RecordedEvent, State>,
): State & { readonly head: string } => ({ ...commit.state, head: itemsOf(commit).head });
