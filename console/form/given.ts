/** The fields of the form by the names that the API's errors use, such as `business.name`. */
export type Given = Record<string, string | boolean>;

/** The values of all fields that have a name. */
export function readForm(form: HTMLFormElement): Given {
  const given: Given = {};
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && element.type === 'checkbox') given[element.name] = element.checked;
    else if ('name' in element && 'value' in element && element.name)
      given[element.name as string] = String(element.value);
  }
  return given;
}
