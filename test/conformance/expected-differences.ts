export type Kind = 'local' | 'emulator' | 'dynamodb-local';

type Differences = Readonly<Record<string, string>>;

/** Where a back end is known to differ from AWS: behaviour → how. What isn't here must be as AWS does it. */
export const expectedDifferences: Readonly<Record<Kind, Differences>> = {
  local: {
    'a write that changes nothing leaves no record':
      'the engine leaves one; the mapping of the local runtime drops it, so that no function is told',
  },
  emulator: {},
  'dynamodb-local': {
    'a write costs one unit a kilobyte, again in each index that it reaches, and in a transaction two':
      'a transaction on a table with an index is reported at one unit',
    'a record tells its kind, its time in seconds and its size': 'the time is rounded down to the minute',
  },
};
