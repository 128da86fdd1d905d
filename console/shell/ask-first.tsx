import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface Question {
  /** The label of the first button. */
  label: string;
  question: string;
  yes: string;
  no: string;
  act: () => Promise<void>;
  /** Another way of saying yes. */
  other?: { yes: string; act: () => Promise<void> };
}

/** A button that asks for confirmation, in place, before an irreversible action. */
export function AskFirst({ label, question, yes, no, act, other }: Question) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  const id = useId();
  useEffect(() => {
    // The focus goes to “no”: pressing Enter twice must not confirm.
    if (asking) first.current?.focus();
    else if (asked.current) opener.current?.focus();
    asked.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <button ref={opener} type="button" onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  const go = async (deed: () => Promise<void>) => {
    setBusy(true);
    try {
      await deed();
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape means no
    <div class="ask" onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}>
      <span id={id}>{question}</span>
      <button type="button" class="danger" aria-describedby={id} disabled={busy} onClick={() => go(act)}>
        {yes}
      </button>
      {other && (
        <button type="button" class="danger" aria-describedby={id} disabled={busy} onClick={() => go(other.act)}>
          {other.yes}
        </button>
      )}
      <button ref={first} type="button" aria-describedby={id} onClick={() => setAsking(false)}>
        {no}
      </button>
    </div>
  );
}
