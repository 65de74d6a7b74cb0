import type { Commit, Lead, RecordedEvent } from '../../shared/lead/index.ts';
import type { PreparedCommit } from '../../shared/ledger/index.ts';

/** Returns a lead as it is stored after a commit: the base for the next decision. */
export const storedAfter = <State extends Lead>({
  commit,
  head,
}: PreparedCommit<Commit<RecordedEvent, State>>): State & { readonly head: string } => ({
  ...commit.state,
  head,
});
