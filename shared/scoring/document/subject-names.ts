/**
 * The fields that name a value to read, one for each kind of subject. Apart from the schemas, so that functions that
 * walk through a model load none of them.
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
