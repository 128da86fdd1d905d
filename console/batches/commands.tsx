import { useQueryClient } from '@tanstack/preact-query';
import { fits } from '../../domain/batch/lifecycle.ts';
import type { Batch } from '../api/answers.ts';
import { forgetAnswers, tell } from '../api/ask.ts';
import { useWords, wordFor } from '../language/language.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { AskFirst } from '../shell/ask-first.tsx';

interface Props {
  batch: Batch;
  /** Of the batch's query. */
  queryKey: readonly string[];
  failed: (error: Error | undefined) => void;
}

/** The commands that fit the batch's status. */
export function Commands({ batch, queryKey, failed }: Props) {
  const words = useWords();
  const { page, status } = words.batches;
  const client = useQueryClient();
  const announce = useAnnounce();
  const path = `/v1/batches/${encodeURIComponent(batch.id)}`;
  const command = async (name: string, body?: unknown) => {
    failed(undefined);
    try {
      const after = await tell<Batch>('POST', `${path}/${name}`, body);
      client.setQueryData(queryKey, after);
      announce(page.said(wordFor(status, after.status)));
    } catch (error) {
      failed(error as Error);
      await client.invalidateQueries({ queryKey });
    }
    // The button has disappeared, and the focus with it.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
  };
  const erase = async () => {
    failed(undefined);
    try {
      await tell('DELETE', path);
    } catch (error) {
      return failed(error as Error);
    }
    forgetAnswers();
    client.removeQueries({ queryKey: ['batches'] });
    await client.resetQueries({ queryKey });
  };
  return (
    <>
      {(['start', 'pause', 'resume'] as const)
        .filter((name) => fits(name, batch.status))
        .map((name) => (
          <button key={name} type="button" class={name === 'pause' ? '' : 'main'} onClick={() => command(name)}>
            {page[name]}
          </button>
        ))}
      {fits('cancel', batch.status) && (
        <AskFirst
          label={page.cancel}
          question={page.cancelAsk}
          yes={page.cancelFinish}
          act={() => command('cancel', { live_calls: 'finish' })}
          other={{ yes: page.cancelHangUp, act: () => command('cancel', { live_calls: 'hang_up' }) }}
          no={page.cancelNo}
        />
      )}
      {fits('erase', batch.status) && (
        <AskFirst label={page.erase} question={page.eraseAsk} yes={page.eraseYes} no={page.eraseNo} act={erase} />
      )}
    </>
  );
}
