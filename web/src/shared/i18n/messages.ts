/** Forms of a counted message, by CLDR plural category; `other` is always there. `{n}` is the number. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | PluralForms;

/** Names in braces of a message: `'{name} joined'` has the parameter `name`. */
export type ParametersOf<T> = T extends string
  ? T extends `${string}{${infer Name}}${infer Rest}`
    ? Name | ParametersOf<Rest>
    : never
  : T extends { other: infer Other }
    ? ParametersOf<Other> | 'n'
    : never;

/** Fills a message. Numbers are written in the language's own digits and grouping. */
export function format(
  message: Message,
  parameters: Readonly<Record<string, string | number>>,
  language: string,
): string {
  const text = typeof message === 'string' ? message : pick(message, Number(parameters.n ?? 0), language);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

function pick(forms: PluralForms, count: number, language: string): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}

/** What every dictionary must hold: the same keys, plain where English is plain, counted where it is counted. */
export type MessagesOf<English> = { readonly [Key in keyof English]: English[Key] extends string ? string : PluralForms };
