/** A word that the project avoids, with its replacement. */
export interface AvoidedWord {
  readonly not: string;
  readonly but: string;
  readonly pattern: RegExp;
}

/** The avoided words of docs/glossary.md, "Words that must not come back". A test keeps the two lists equal. */
export const avoidedWords: readonly AvoidedWord[] = [
  {
    not: 'story',
    but: 'correlation',
    pattern: /\bstor(?:y|ies)\b|[a-z]Stor(?:y|ies)\b|\bstoryOf|\bstoriesOf|\bStory/g,
  },
  { not: 'desk', but: 'quarantine admin', pattern: /(?<!\.)\bdesk\b|\bDesk\b|[a-z]Desk\b|\bdeskOf/g },
  {
    not: 'set aside (of records)',
    but: 'failed records, on-failure destination',
    pattern: /\bset-aside\b|\bsetAside|\bSetAside|\brecords? set aside/g,
  },
  {
    not: 'kept model',
    but: 'model store',
    pattern: /\bkept[- ]models?\b|KeptModels?\b|\bkeepModel\b|\bonceKept\b|\bkeptAt\b/g,
  },
  { not: 'mend', but: 'fix, correct', pattern: /\b[Mm]end(?:s|ed|ing|able)?\b|\bmended[A-Z]|[a-z]Mended\b/g },
  { not: 'withheld', but: 'redacted', pattern: /\bwithh(?:eld|old)|Withh(?:eld|old)/gi },
  { not: 'purge (of one event)', but: 'redact', pattern: /\bpurgeOne\b|\bpurged\b/g },
  {
    not: 'Place',
    but: 'ConditionPath, EntryPosition, QuarantineTable, FailureSource, StagePeriod, FieldPath',
    pattern: /\b(?:interface|type) Place\b|\bEntryPlace\b|\bplacesOf\b|\bplaceOf\b/g,
  },
  { not: 'Entry (of EventBridge)', but: 'BusEvent', pattern: /\b(?:interface|type) Entry\b(?! =)/g },
  { not: 'once (of a function)', but: 'memoize', pattern: /\bonceAModel\b|\bonce-a-model\b/g },
  {
    not: 'scene, lever, joint',
    but: 'baseline, option, pair',
    pattern: /\b[Ss]cenes?\b|\b[Ll]evers?\b|\b[Jj]oints?\b/g,
  },
  {
    not: 'never holding, always holding',
    but: 'unsatisfiable, tautology',
    pattern: /\bneverHolding\b|\balwaysHolding\b|\b(?:never|always) holding\b/g,
  },
  { not: 'told apart', but: 'equivalence classes', pattern: /\btoldApart\b|\btold[- ]apart\b/g },
  {
    not: 'claim (of a condition)',
    but: 'constraint',
    // A token has claims, which are something else.
    pattern: /\b[Cc]laims? of (?:a|the) condition|\bconditionClaims?\b/g,
  },
];

/** The openings that a doc comment must not have: its subject is the symbol and its verb is in the third person. */
export const avoidedOpening = /\/\*\*\s+(?:\*\s+)?(?:What|Of|Where|How|Whom?|By|As|Gives|So)\b/g;
