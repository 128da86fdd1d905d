import { ApiProblem } from '../api/ask.ts';
import { useWords } from '../language/language.ts';

/** An error message, with a button to try again. */
export function Failure({ error, again }: { error: Error; again?: (() => void) | undefined }) {
  const words = useWords();
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{words.failed}.</strong>{' '}
        {error instanceof ApiProblem ? <span lang="en">{error.message}</span> : words.lost}
      </p>
      {again && (
        <button type="button" onClick={again}>
          {words.retry}
        </button>
      )}
    </div>
  );
}
