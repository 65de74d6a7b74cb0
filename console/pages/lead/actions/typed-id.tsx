import type { Signal } from '@preact/signals';

interface TypedIdProps {
  /** Says what to do, in front of the id. */
  readonly label: string;
  readonly leadId: string;
  /** The id as it was typed. */
  readonly typed: Signal<string>;
}

/** Has the id of a lead typed, so that what can't be taken back is done on purpose. */
export const TypedId = ({ label, leadId, typed }: TypedIdProps) => (
  <label>
    {label} <code>{leadId}</code>
    <input
      autocomplete="off"
      spellcheck={false}
      value={typed.value}
      onInput={({ currentTarget }) => {
        typed.value = currentTarget.value.trim();
      }}
    />
  </label>
);
