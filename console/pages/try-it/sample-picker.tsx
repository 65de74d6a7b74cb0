import { changeFilters } from '../../app/route.ts';
import { texts } from '../../texts/texts.ts';
import { type Chosen, groupPayloads, keyOf } from './chosen-sample.ts';
import type { Samples } from './local-samples.ts';

interface PickerProps {
  readonly samples: Samples;
  readonly chosen: Chosen;
  /** Loads samples with new ids and times. */
  readonly onFresh: () => void;
}

/** Lets a sample be chosen, which the address then names. */
export const SamplePicker = ({ samples, chosen, onFresh }: PickerProps) => {
  const t = texts.value.tryIt;
  const { events, payloads } = samples;
  const key = chosen.kind === 'event' ? chosen.sample.type : keyOf(chosen.sample);
  return (
    <div class="picker">
      <label>
        {t.sample}
        <select value={key} onChange={({ currentTarget }) => changeFilters({ sample: currentTarget.value })}>
          <optgroup label={t.events}>
            {events.map(({ type }) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </optgroup>
          {groupPayloads(payloads).map(([kind, group]) => (
            <optgroup key={kind} label={t.payloads(kind)}>
              {group.map((sample) => (
                <option key={keyOf(sample)} value={keyOf(sample)}>
                  {sample.source === kind ? sample.name : keyOf(sample)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <button type="button" class="secondary" onClick={onFresh}>
        {t.fresh}
      </button>
    </div>
  );
};
