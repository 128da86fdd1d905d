import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Unreachable } from '../api/ask.ts';
import { useWords } from '../language/language.ts';
import { Failure } from './failure.tsx';

/**
 * A page whose script is loaded when it is opened for the first time. Where that fails, the page is offered anew: after an update the old
 * script is gone.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const words = useWords();
    const [failed, setFailed] = useState(false);
    const [, setReady] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (page) => {
          loaded = page;
          setReady(true);
        },
        () => setFailed(true),
      );
    }, []);
    if (loaded) {
      const Page = loaded;
      return <Page {...props} />;
    }
    if (failed) return <Failure error={new Unreachable('no script')} again={() => location.reload()} />;
    return <p class="loading">{words.loading}</p>;
  };
}
