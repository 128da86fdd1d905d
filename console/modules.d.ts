declare module 'vocero:form-rules' {
  const rules: Record<string, import('../domain/form-rule.ts').FormRule>;
  export default rules;
}

declare module 'vocero:countries' {
  const countries: import('./form/phone.ts').Countries;
  export default countries;
}

declare module '*.css';
