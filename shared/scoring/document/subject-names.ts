/**
 * The fields that name something with a value, by its kind. Apart from the schemas, so that functions that give advice
 * need none of them.
 */
export const subjectNames = [
  'attribute',
  'answer',
  'words',
  'figures',
  'lane',
  'laneFigure',
  'laneStanding',
] as const;
export type SubjectName = (typeof subjectNames)[number];
