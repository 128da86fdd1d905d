import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { useWords } from '../language/language.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { dropTemplate, keepTemplate, TEMPLATE_FIELDS, templates } from './template-store.ts';

const MAX_NAME = 60;

interface Props {
  form: RefObject<HTMLFormElement>;
  /** Prefix of the names of the form's fields: '' or `defaults.`. */
  prefix: '' | 'defaults.';
  /** A template has been filled in. */
  changed: () => void;
}

/** Requests that are kept by name in this browser, to be filled in again. */
export function Templates({ form, prefix, changed }: Props) {
  const { templates: t } = useWords();
  const announce = useAnnounce();
  const [all, setAll] = useState(templates);
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [failed, setFailed] = useState(false);

  const fields = [...TEMPLATE_FIELDS.map((one) => `request.${one}`), 'language'];
  const fieldOf = (field: string): HTMLInputElement | HTMLTextAreaElement | undefined => {
    const found = form.current?.elements.namedItem(prefix + field);
    return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : undefined;
  };
  const use = (wanted: string) => {
    setChosen(wanted);
    const template = all.find((one) => one.name === wanted);
    if (!template) return;
    for (const field of fields) {
      const element = fieldOf(field);
      if (element) element.value = template.values[field] ?? '';
    }
    changed();
  };
  const keep = () => {
    const called = name.trim();
    if (called === '') return;
    const values = Object.fromEntries(fields.map((field) => [field, fieldOf(field)?.value.trim() ?? '']));
    try {
      keepTemplate({ name: called, values });
      setFailed(false);
      announce(t.kept(called));
    } catch {
      setFailed(true);
    }
    setAll(templates());
    setChosen(called);
    setName('');
  };
  const drop = () => {
    dropTemplate(chosen);
    announce(t.dropped(chosen));
    setAll(templates());
    setChosen('');
  };
  return (
    <details class="templates">
      <summary>{t.title}</summary>
      <div class="entry">
        {all.length > 0 && (
          <label class="field">
            <span class="label">{t.use}</span>
            <select value={chosen} onChange={(event) => use(event.currentTarget.value)}>
              <option value="">{t.choose}</option>
              {all.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </select>
          </label>
        )}
        {chosen && (
          <button type="button" class="quiet" onClick={drop}>
            {t.drop(chosen)}
          </button>
        )}
        <label class="field">
          <span class="label">{t.keepAs}</span>
          <input
            type="text"
            maxLength={MAX_NAME}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              keep();
            }}
          />
        </label>
        <button type="button" disabled={name.trim() === ''} onClick={keep}>
          {t.keep}
        </button>
      </div>
      {failed && (
        <p class="problem" role="alert">
          {t.full}
        </p>
      )}
      <p class="hint">{t.hint}</p>
    </details>
  );
}
