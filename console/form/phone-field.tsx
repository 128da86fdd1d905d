import { Field, type FieldProps } from './field.tsx';
import { NumberNote, useNumber } from './number.tsx';
import { internationalOf } from './phone.ts';

/** A field for a number as people write it, which says the number that is meant. */
export function PhoneField(props: FieldProps) {
  const telephone = useNumber();
  return (
    <Field
      {...props}
      type="tel"
      onInput={({ currentTarget: { value } }) => telephone.typing(value)}
      onLeave={(typed) => {
        void telephone.read(typed);
        return internationalOf(typed);
      }}
      note={<NumberNote shown={telephone.shown} />}
    />
  );
}
