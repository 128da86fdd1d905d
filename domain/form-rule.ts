/** What the API's schema says of one field, as far as a form can show it before anything is sent. */
export interface FormRule {
  required: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}
