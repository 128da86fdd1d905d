/** Rule of the API's schema for one field, as far as a form can show it before it is sent. */
export interface FormRule {
  required: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}
