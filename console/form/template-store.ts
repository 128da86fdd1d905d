/** A request that is kept by its name, in this browser alone. */
export interface Template {
  name: string;
  /** By the last part of the field's name. */
  values: Record<string, string>;
}

export const TEMPLATE_FIELDS = ['service_type', 'preferred_date', 'preferred_time', 'special_requests'] as const;

const KEPT = 'vocero-templates';

const isTemplate = (one: unknown): one is Template => {
  const { name, values } = (one ?? {}) as Partial<Template>;
  return (
    typeof name === 'string' &&
    typeof values === 'object' &&
    values !== null &&
    Object.values(values).every((value) => typeof value === 'string')
  );
};

/** The kept templates, by name. */
export function templates(): Template[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isTemplate) : [];
  } catch {
    return [];
  }
}

const write = (all: readonly Template[]): void =>
  localStorage.setItem(KEPT, JSON.stringify(all.toSorted((a, b) => a.name.localeCompare(b.name))));

/** Keeps a template; one of the same name is replaced. @throws if the browser has no room */
export const keepTemplate = (template: Template): void =>
  write([...templates().filter(({ name }) => name !== template.name), template]);

export const dropTemplate = (name: string): void => write(templates().filter((one) => one.name !== name));
