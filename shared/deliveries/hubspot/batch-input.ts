import type { RecordId } from './find-record.ts';

/** One record of a batch, with the properties that are written to it. */
export interface BatchInput {
  readonly record: RecordId;
  readonly properties: Readonly<Record<string, string>>;
}

const keyOf = ({ id, idProperty = '' }: RecordId): string => JSON.stringify([idProperty, id]);

/** The inputs of a batch, and for each one that was given the place of the input that it is part of. */
export interface CombinedInputs {
  readonly inputs: readonly BatchInput[];
  readonly places: readonly number[];
}

/** Combines the inputs of one record to one, the later over the earlier: HubSpot refuses a batch that names one twice. */
export const combineInputs = (given: readonly BatchInput[]): CombinedInputs => {
  const inputs: BatchInput[] = [];
  const placeByKey = new Map<string, number>();
  const places = given.map(({ record, properties }) => {
    const place = placeByKey.get(keyOf(record)) ?? inputs.length;
    placeByKey.set(keyOf(record), place);
    inputs[place] = { record, properties: { ...inputs[place]?.properties, ...properties } };
    return place;
  });
  return { inputs, places };
};

/** Returns the body of a batch update. HubSpot's answer names the inputs by the trace ids, which are their places. */
export const writeBatch = (inputs: readonly BatchInput[]): string =>
  JSON.stringify({
    inputs: inputs.map(({ record, properties }, place) => ({
      ...record,
      properties,
      objectWriteTraceId: `${place}`,
    })),
  });
