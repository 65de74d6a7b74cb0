/** Words in titles by the seniority that the shipped model knows. The first value that a title has a word of is taken. */
const seniorityWords = {
  executive: [
    'CEO',
    'CTO',
    'CFO',
    'COO',
    'CMO',
    'CIO',
    'CRO',
    'chief',
    'founder',
    'cofounder',
    'owner',
    'president',
    'VP',
    'SVP',
    'EVP',
    'managing director',
    'partner',
  ],
  director: ['director', 'head', 'principal'],
  manager: ['manager', 'lead', 'supervisor', 'coordinator'],
};

export const emailType = (column: string) => ({ column, take: 'email-type', otherwise: 'omit' }) as const;

export const seniority = (column: string) =>
  ({ column, words: seniorityWords, otherwise: { fixed: 'staff' } }) as const;

export const employees = (column: string) => ({ column, type: 'number', min: 0, outside: 'omit' }) as const;

const none = 'omit' as const;

/** Returns the cell of an outcome: stages of deals that end them. */
export const outcomeOf = (column: string) =>
  ({
    column,
    values: { 'Closed Won': 'won', 'Closed Lost': 'lost', Won: 'won', Lost: 'lost' },
    otherwise: none,
  }) as const;
