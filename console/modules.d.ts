declare module 'vocero:form-rules' {
  interface FormRule {
    required: boolean;
    minLength?: number;
    maxLength?: number;
    pattern?: string;
    minimum?: number;
    maximum?: number;
    default?: unknown;
  }
  const rules: Record<string, FormRule>;
  export default rules;
}

declare module '*.css';
