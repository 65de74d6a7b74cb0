import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../../../api/api-error.ts';
import { call } from '../../../api/call.ts';
import { route } from '../../../app/route.ts';
import { Clipped } from '../../../parts/clipped.tsx';
import { Problem } from '../../../parts/states.tsx';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import { ActionForm } from './action-form.tsx';
import type { DialogProps } from './dialog-props.ts';
import { TypedId } from './typed-id.tsx';

const Found = ({ other }: { readonly other: LeadAnswer }) => (
  <p class="row">
    <strong>
      <Clipped text={other.shown.name ?? other.leadId} most={80} />
    </strong>
    {other.shown.company != null && <Clipped text={other.shown.company} most={80} />}
    <TierBadge tier={other.tier} />
  </p>
);

/** Finds a lead by its id. Returns the error if that fails. */
const find = async (id: string): Promise<LeadAnswer | ApiError> => {
  try {
    return await call('getLead', { path: { id } });
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
};

/** Merges another lead into this one for good: it is looked up by its id, shown, and confirmed by typing the id again. */
export const MergeDialog = ({ lead, action, onClose }: DialogProps) => {
  const t = texts.value.lead.merge;
  const id = useSignal(route.peek().query.get('merge') ?? '');
  const typed = useSignal('');
  const found = useSignal<LeadAnswer | ApiError | undefined>(undefined);
  const look = async (): Promise<void> => {
    const asked = id.value;
    if (asked === '') return;
    const answer = await find(asked);
    // Another id may have been typed meanwhile.
    if (id.peek() === asked) found.value = answer;
  };
  // The list of possible duplicates names the other lead in the address.
  useEffect(() => void look(), []);
  const failure = found.value instanceof ApiError ? found.value : undefined;
  const answer = found.value instanceof ApiError ? undefined : found.value;
  const isSame = answer?.leadId === lead.leadId;
  const other = isSame ? undefined : answer;
  const submit = () =>
    call('mergeLead', {
      path: { id: lead.leadId },
      version: lead.version,
      body: { mergedLeadId: typed.value },
    });
  return (
    <ActionForm
      title={t.title}
      submit={t.submit}
      action={action}
      isDangerous
      isReady={other !== undefined && typed.value === other.leadId}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t.hint}</p>
      <label>
        {t.other}
        <input
          autocomplete="off"
          spellcheck={false}
          value={id.value}
          onInput={({ currentTarget }) => {
            id.value = currentTarget.value.trim();
            found.value = undefined;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void look();
          }}
        />
      </label>
      <button type="button" class="secondary" disabled={id.value === ''} onClick={() => void look()}>
        {t.look}
      </button>
      {failure && <Problem error={failure} />}
      {isSame && <p role="alert">{t.same}</p>}
      <div role="status">{other && <Found other={other} />}</div>
      {other && (
        <>
          <p>
            <strong>{t.irreversible}</strong>
          </p>
          <TypedId label={t.typeId} leadId={other.leadId} typed={typed} />
        </>
      )}
    </ActionForm>
  );
};
