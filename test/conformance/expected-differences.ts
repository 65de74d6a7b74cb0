export type Kind = 'local' | 'memory' | 'emulator' | 'dynamodb-local';

type Differences = Readonly<Record<string, string>>;

/** The known differences of a back end from AWS, by behaviour. All other behaviours must be those of AWS. */
export const expectedDifferences: Readonly<Record<Kind, Differences>> = {
  local: {
    'a write that changes nothing leaves no record':
      'the engine leaves one; the mapping of the local runtime drops it, so that no function is told',
  },
  memory: {
    'a write costs one unit a kilobyte, again in each index that it reaches, and in a transaction two':
      'no units are reported',
    'an update sets, adds, removes and appends at once, from what was there before':
      'it is refused: `list_append` and sets are not modelled',
    'an expression may not use a reserved word as a name, as nobody would see before the deployment':
      'it is accepted',
  },
  emulator: {
    'an update that names a path twice is refused': 'it is accepted',
    'a batch gathers until its window ends': 'there is no window: what is there is handed over at once',
    'an answer that names a message of another batch fails the whole batch': 'it is taken for a success',
    'an answer with an empty identifier fails the whole batch': 'it is taken for a success',
    'an answer whose failures have no identifier fails the whole batch': 'it is taken for a success',
    'a batch that fails is tried again whole, as often as allowed, before anything behind it':
      'it is tried again for ever',
    'a batch that is given up is told to its destination: where it was, and how it failed':
      'no batch is ever given up, and no destination told',
    'a failed batch is cut in half, so that one record alone is given up': 'no batch is cut',
    'what stands before a reported record is not tried again': 'reported records are taken for processed',
    'of several reported records the one with the lowest number counts':
      'reported records are taken for processed',
    'with both, a batch is cut at the reported record, and it alone is given up':
      'reported records are taken for processed',
    'an answer that names no record of the batch fails the whole batch': 'it is taken for a success',
    'only records that match a filter are handed over, and no others fail or hold them up':
      'what asks for the absence of a field within another one never matches',
    'a target gets the event with id, account, region, time in whole seconds, and its detail':
      'the time is that of the arrival, not the one that was sent',
    'an entry whose detail is no JSON object fails alone': 'it is accepted',
    'an entry without a source fails, as one with a source of AWS does': 'one without a source is accepted',
  },
  'dynamodb-local': {
    'a write costs one unit a kilobyte, again in each index that it reaches, and in a transaction two':
      'a transaction on a table with an index is reported at one unit',
    'a record tells its kind, its time in seconds and its size': 'the time is rounded down to the minute',
  },
};
