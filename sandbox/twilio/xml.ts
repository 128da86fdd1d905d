import { SaxesParser } from 'saxes';

/** One XML element; `text` is its character data, trimmed. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const elementOf = (name: string, attributes: Record<string, string> = {}): Element => ({
  name,
  attributes,
  children: [],
  text: '',
});

const BARE_AMPERSAND = /&(?!(?:#\d+|#x[\da-f]+|\w+);)/i;

/** Parses a TwiML document as strictly as Twilio: a document that is not well-formed is an error, and so is a DTD. Throws SyntaxError. */
export function parseXml(source: string): Element {
  const document = elementOf('');
  const open = [document];
  const parser = new SaxesParser();
  const addText = (text: string): void => {
    open.at(-1)!.text += text;
  };
  parser.on('error', ({ message }) => {
    // The parser takes all that follows for the entity's name, and complains of the end.
    throw new SyntaxError(
      BARE_AMPERSAND.test(source) ? `${message} (an & that begins no entity: write &amp;)` : message,
    );
  });
  parser.on('doctype', () => {
    throw new SyntaxError('a DTD is not allowed');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = elementOf(name, { ...attributes });
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    const closed = open.pop()!;
    closed.text = closed.text.trim();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source).close();
  return document.children[0]!;
}
