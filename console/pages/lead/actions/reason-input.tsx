import type { Signal } from '@preact/signals';

interface ReasonInputProps {
  readonly label: string;
  /** The reason as it was typed. */
  readonly reason: Signal<string>;
  readonly required?: boolean;
}

/** Takes the reason of an action, of at most as many characters as the API takes. */
export const ReasonInput = ({ label, reason, required = false }: ReasonInputProps) => (
  <label>
    {label}
    <input
      required={required}
      maxLength={500}
      value={reason.value}
      onInput={({ currentTarget }) => {
        reason.value = currentTarget.value;
      }}
    />
  </label>
);
