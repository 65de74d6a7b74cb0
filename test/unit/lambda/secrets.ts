/** Personal data of an invented lead, in words that nothing else writes. */
export const secrets = {
  leadId: 'jane.roe@private.example',
  attribute: 'Secretville',
  answer: 'we-lose-a-fortune',
  reason: 'moved-to-a-rival',
  actor: 'colleague-77',
  correlation: 'signup-of-jane-roe',
} as const;
