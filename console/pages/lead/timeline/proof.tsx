import { useSignal } from '@preact/signals';
import { ApiError } from '../../../api/api-error.ts';
import { type Answer, call } from '../../../api/call.ts';
import { Authored } from '../../../parts/authored.tsx';
import { Instant } from '../../../parts/instant.tsx';
import { Problem } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';

type ProofAnswer = Answer<'getProof'>;

const AnchorWords = ({ proof }: { readonly proof: ProofAnswer }) => {
  const t = texts.value.lead.proof;
  const { anchor } = proof;
  if (anchor === null) return <>{t.noAnchor}</>;
  return (
    <>
      {anchor.covers === null ? t.notInAnchor : t.anchored(anchor.covers)} <Instant at={anchor.at} />
    </>
  );
};

const Result = ({ proof }: { readonly proof: ProofAnswer }) => {
  const t = texts.value.lead.proof;
  const isVerified = proof.result === 'verified';
  return (
    <div class={`note ${isVerified ? 'note-good' : 'note-bad'}`} role="status">
      <p>
        <strong>
          <span aria-hidden="true">{isVerified ? '✓' : '✗'}</span>{' '}
          {isVerified ? t.verified(proof.entries) : t.broken}
        </strong>
      </p>
      {proof.problems.length > 0 && (
        <ul>
          {proof.problems.map(({ code, sentence }) => (
            <li key={`${code} ${sentence}`}>
              <Authored>{sentence}</Authored>
            </li>
          ))}
        </ul>
      )}
      <p class="muted">
        <AnchorWords proof={proof} />
      </p>
    </div>
  );
};

/** Verifies the ledger of a lead when it is asked to: whether any entry was changed or removed later. */
export const Proof = ({ id }: { readonly id: string }) => {
  const t = texts.value.lead.proof;
  const proof = useSignal<ProofAnswer | ApiError | 'verifying' | undefined>(undefined);
  const verify = async (): Promise<void> => {
    proof.value = 'verifying';
    try {
      proof.value = await call('getProof', { path: { id } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      proof.value = error;
    }
  };
  const { value } = proof;
  return (
    <div class="proof">
      <button
        type="button"
        class="secondary"
        disabled={value === 'verifying'}
        onClick={() => void verify()}
        title={t.hint}
      >
        {value === 'verifying' ? t.verifying : t.verify}
      </button>
      {value instanceof ApiError && <Problem error={value} />}
      {typeof value === 'object' && !(value instanceof ApiError) && <Result proof={value} />}
    </div>
  );
};
