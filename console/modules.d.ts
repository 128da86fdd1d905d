declare module 'vocero:form-rules' {
  const rules: Record<string, import('../domain/form-rule.ts').FormRule>;
  export default rules;
}

declare module '*.css';
