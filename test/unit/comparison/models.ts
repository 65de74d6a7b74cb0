import { compileModel, modelDocument, type ScoringModel } from '../../../shared/scoring/index.ts';
import { smallDocument } from '../../support/models.ts';

type SmallDocument = ReturnType<typeof smallDocument>;

/** Returns the small model with changes, which may be such as a check warns of. */
export const smallModel = (change: (document: SmallDocument) => void = () => {}): ScoringModel => {
  const document = smallDocument();
  change(document);
  return compileModel(modelDocument.parse(document));
};
