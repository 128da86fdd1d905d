/** The fields of the form by the names that the API's errors use, such as `business.name`. */
export type Given = Record<string, string | boolean>;
