import { useSignal } from '@preact/signals';
import { type Tier, tiers } from '../../../../events/index.ts';
import { call } from '../../../api/call.ts';
import { serverNow } from '../../../parts/clock.ts';
import { texts } from '../../../texts/texts.ts';
import { readLocalInput, toLocalInput } from '../format.ts';
import { ActionForm } from './action-form.tsx';
import type { DialogProps } from './dialog-props.ts';
import { ReasonInput } from './reason-input.tsx';

/** The days for which an override holds unless somebody chooses another end. */
const usualDays = 30;
const dayMs = 86_400_000;

type Choice = Tier | 'model';

/** Sets the tier of a lead, or holds it out of calls, until an instant and for a reason. */
export const OverrideDialog = ({ lead, action, onClose }: DialogProps) => {
  const { lead: t, words } = texts.value;
  const tier = useSignal<Choice>(lead.facts.override?.tier ?? 'model');
  const hold = useSignal(lead.overridden?.hold === true);
  const until = useSignal(toLocalInput(serverNow.peek() + usualDays * dayMs));
  const reason = useSignal('');
  const untilMs = readLocalInput(until.value);
  const isReady =
    (tier.value !== 'model' || hold.value) && reason.value.trim() !== '' && untilMs > serverNow.peek();
  const submit = () =>
    call('overrideLead', {
      path: { id: lead.leadId },
      version: lead.version,
      body: {
        ...(tier.value !== 'model' && { tier: tier.value }),
        ...(hold.value && { hold: true as const }),
        until: new Date(untilMs).toISOString(),
        reason: reason.value,
      },
    });
  return (
    <ActionForm
      title={t.override.title}
      submit={t.override.submit}
      action={action}
      isReady={isReady}
      onSubmit={submit}
      onClose={onClose}
    >
      <p class="muted">{t.override.hint}</p>
      <label>
        {t.override.tier}
        <select
          value={tier.value}
          onChange={({ currentTarget }) => {
            tier.value = currentTarget.value as Choice;
          }}
        >
          <option value="model">{t.override.leaveToModel}</option>
          {tiers.toReversed().map((one) => (
            <option key={one} value={one}>
              {words.tiers[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={hold.value}
          onChange={({ currentTarget }) => {
            hold.value = currentTarget.checked;
          }}
        />{' '}
        {t.override.hold}
      </label>
      <label>
        {t.override.untilLabel}
        <input
          type="datetime-local"
          required
          min={toLocalInput(serverNow.peek())}
          value={until.value}
          onInput={({ currentTarget }) => {
            until.value = currentTarget.value;
          }}
        />
      </label>
      <ReasonInput label={t.actions.reason} reason={reason} required />
    </ActionForm>
  );
};
