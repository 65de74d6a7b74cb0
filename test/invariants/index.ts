import { auditedSound } from './audited.ts';
import type { Evidence, Finding, Invariant } from './evidence.ts';
import { followed } from './followed.ts';
import { oneEntry } from './i01-one-entry.ts';
import { refoldGivesState } from './i02-refold.ts';
import { anyOrder } from './i03-any-order.ts';
import { announcedAsStored } from './i04-announced.ts';
import { nothingLost } from './i05-nothing-lost.ts';
import { poisonAlone } from './i06-poison-alone.ts';
import { wholeOrAbsent } from './i07-whole-or-absent.ts';
import { replayChangesNothing } from './i08-replay.ts';
import { chainHolds } from './i09-chain.ts';
import { erasedIsGone } from './i10-erased.ts';
import { rescored } from './i11-rescored.ts';
import { scoreWithinBounds } from './i12-bounds.ts';
import { mergeIsUnion } from './i13-merge-is-union.ts';
import { timely } from './i14-timely.ts';
import { silentHistory } from './i15-silent-history.ts';
import { currentModel } from './i16-current-model.ts';
import { everyDoor } from './i17-every-door.ts';
import { deliveredInOrder } from './i18-delivered.ts';
import { countedOnce } from './i19-counted.ts';
import { withinLimits } from './limits.ts';
import { quiet } from './quiet.ts';
import { shadowed } from './shadowed.ts';
import { verdictsNoted } from './verdicts.ts';

export const invariants: readonly Invariant[] = [
  oneEntry,
  refoldGivesState,
  anyOrder,
  announcedAsStored,
  nothingLost,
  poisonAlone,
  wholeOrAbsent,
  replayChangesNothing,
  chainHolds,
  erasedIsGone,
  rescored,
  scoreWithinBounds,
  mergeIsUnion,
  timely,
  silentHistory,
  currentModel,
  everyDoor,
  deliveredInOrder,
  countedOnce,
  followed,
  quiet,
  shadowed,
  withinLimits,
  verdictsNoted,
  auditedSound,
];

/** Returns every violation in the results of a run. A check that throws is a finding, too. */
export const checkInvariants = (evidence: Evidence): Finding[] =>
  invariants.flatMap(({ id, check, checkHistory }) => {
    const { history } = evidence;
    try {
      const texts = [...(check?.(evidence) ?? []), ...((history && checkHistory?.(history, evidence)) ?? [])];
      return texts.map((text) => ({ invariant: id, text }));
    } catch (error) {
      return [
        { invariant: id, text: `could not be checked: ${error instanceof Error ? error.stack : error}` },
      ];
    }
  });
