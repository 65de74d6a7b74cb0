import { useSignal } from '@preact/signals';
import { call } from '../../../api/call.ts';
import { changeFilters, route } from '../../../app/route.ts';
import { mayAnswer } from '../../../parts/handoff/may-answer.ts';
import { Problem } from '../../../parts/states.tsx';
import { session } from '../../../session/session.ts';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import type { DialogProps } from './dialog-props.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { HandoffButtons } from './handoff-buttons.tsx';
import { mayChange } from './may-change.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { findOpenHandoff, useFollowedAnswer } from './open-handoff.ts';
import { OverrideDialog } from './override-dialog.tsx';
import { StageDialog } from './stage-dialog.tsx';
import { type LeadAction, useLeadAction } from './use-lead-action.ts';

type DialogName = 'stage' | 'override' | 'merge' | 'erase';

interface ButtonsProps {
  readonly lead: LeadAnswer;
  readonly action: LeadAction;
  readonly open: (dialog: DialogName) => void;
  /** Whether a request is under way: buttons do nothing then, but keep the focus, which disabled ones would lose. */
  readonly isBusy: boolean;
}

const SellerButtons = ({ lead, action, open, isBusy }: ButtonsProps) => {
  const { lead: t } = texts.value;
  const handoff = findOpenHandoff(lead);
  const path = { id: lead.leadId };
  return (
    <>
      {handoff !== undefined && mayAnswer(handoff, session.value.person) && (
        <HandoffButtons lead={lead} handoff={handoff} isBusy={isBusy} />
      )}
      <button type="button" class="secondary" aria-disabled={isBusy} onClick={() => open('stage')}>
        {t.actions.stage} …
      </button>
      <button type="button" class="secondary" aria-disabled={isBusy} onClick={() => open('override')}>
        {t.override.title} …
      </button>
      {lead.overridden !== undefined && (
        <button
          type="button"
          class="secondary"
          aria-disabled={isBusy}
          onClick={() => {
            if (!isBusy) void action.send(() => call('liftOverride', { path, version: lead.version }));
          }}
        >
          {t.override.lift}
        </button>
      )}
    </>
  );
};

const AdminButtons = ({ open, isBusy }: Pick<ButtonsProps, 'open' | 'isBusy'>) => {
  const { lead: t } = texts.value;
  return (
    <>
      <button type="button" class="secondary" aria-disabled={isBusy} onClick={() => open('merge')}>
        {t.merge.title} …
      </button>
      <button type="button" class="danger" aria-disabled={isBusy} onClick={() => open('erase')}>
        {t.erase.title} …
      </button>
    </>
  );
};

const ActionDialog = ({ name, ...props }: DialogProps & { readonly name: DialogName }) => {
  switch (name) {
    case 'stage':
      return <StageDialog {...props} />;
    case 'override':
      return <OverrideDialog {...props} />;
    case 'merge':
      return <MergeDialog {...props} />;
    case 'erase':
      return <EraseDialog {...props} />;
    default:
      return name satisfies never;
  }
};

interface ActionsProps {
  readonly lead: LeadAnswer;
  readonly onChanged: () => void;
}

/** Offers what the reader may do with a lead, by its role. */
export const Actions = ({ lead, onChanged }: ActionsProps) => {
  const action = useLeadAction(lead, onChanged);
  useFollowedAnswer(findOpenHandoff(lead), action);
  // The lead stays as it was when the dialog was opened: whoever confirms has seen that version.
  const { person } = session.value;
  const role = person?.role;
  const isAskedToMerge = role === 'admin' && route.value.query.has('merge');
  const dialog = useSignal<{ readonly name: DialogName; readonly lead: LeadAnswer } | undefined>(
    isAskedToMerge ? { name: 'merge', lead } : undefined,
  );
  // A dialog that is open stays, with what was typed: the API decides.
  if (dialog.value === undefined && !mayChange(lead, person)) return null;
  const close = (): void => {
    dialog.value = undefined;
    if (isAskedToMerge) changeFilters({ merge: undefined });
    action.forget();
  };
  const isBusy = action.progress.value !== undefined;
  const open = (name: DialogName): void => {
    if (isBusy) return;
    action.forget();
    dialog.value = { name, lead };
  };
  const shown = dialog.value;
  const { error } = action;
  return (
    <section class="lead-actions" aria-label={texts.value.lead.actions.title}>
      <div class="row">
        <SellerButtons lead={lead} action={action} open={open} isBusy={isBusy} />
        {role === 'admin' && <AdminButtons open={open} isBusy={isBusy} />}
      </div>
      <p role="status">
        {isBusy && (
          <>
            <span class="spinner" aria-hidden="true" /> {texts.value.lead.actions.moment}
          </>
        )}
      </p>
      {error.value !== undefined && shown === undefined && <Problem error={error.value} retry={onChanged} />}
      {shown !== undefined && (
        <ActionDialog name={shown.name} lead={shown.lead} action={action} onClose={close} />
      )}
    </section>
  );
};
