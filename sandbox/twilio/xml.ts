/** One XML element; `text` is its character data, trimmed. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = /^[A-Za-z_][\w.:-]*/;
const ATTRIBUTE = /^\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/;

function decode(text: string): string {
  return text.replace(/&([^;\s]{0,10});?/g, (whole, name: string) => {
    const code = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name);
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : undefined;
    const value = point !== undefined && point <= 0x10ffff ? String.fromCodePoint(point) : ENTITIES[name];
    if (value === undefined || !whole.endsWith(';')) throw new SyntaxError(`not an entity: ${whole}`);
    return value;
  });
}

/**
 * Parses a TwiML document as strictly as Twilio does: an unescaped `&` or `<` is an error. No DTDs.
 * Throws SyntaxError.
 */
export function parseXml(source: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  let rest = source.replace(/^\uFEFF/, '');
  const skip = (length: number): void => {
    rest = rest.slice(length);
  };
  const until = (mark: string): string => {
    const at = rest.indexOf(mark);
    if (at < 0) throw new SyntaxError(`unterminated markup: ${rest.slice(0, 40)}`);
    const inside = rest.slice(0, at);
    skip(at + mark.length);
    return inside;
  };
  while (rest.length > 0) {
    const current = open.at(-1)!;
    if (!rest.startsWith('<')) {
      const text = decode(rest.slice(0, rest.indexOf('<') < 0 ? undefined : rest.indexOf('<')));
      skip(rest.indexOf('<') < 0 ? rest.length : rest.indexOf('<'));
      if (current === root && text.trim())
        throw new SyntaxError(`text outside the document: ${text.trim().slice(0, 40)}`);
      current.text += text;
    } else if (rest.startsWith('<?')) until('?>');
    else if (rest.startsWith('<!--')) until('-->');
    else if (rest.startsWith('<![CDATA[')) current.text += until(']]>').slice(9);
    else if (rest.startsWith('</')) {
      const name = until('>').slice(2).trim();
      if (open.length < 2 || name !== current.name) throw new SyntaxError(`</${name}> closes nothing`);
      open.pop();
    } else {
      skip(1);
      const name = NAME.exec(rest)?.[0];
      if (!name) throw new SyntaxError(`no element: <${rest.slice(0, 40)}`);
      skip(name.length);
      const element: Element = { name, attributes: {}, children: [], text: '' };
      for (let found = ATTRIBUTE.exec(rest); found; found = ATTRIBUTE.exec(rest)) {
        element.attributes[found[1]!] = decode(found[2] ?? found[3] ?? '');
        skip(found[0].length);
      }
      const end = /^\s*(\/?)>/.exec(rest);
      if (!end) throw new SyntaxError(`bad tag <${name}${rest.slice(0, 40)}`);
      skip(end[0].length);
      current.children.push(element);
      if (!end[1]) open.push(element);
    }
  }
  if (open.length > 1) throw new SyntaxError(`<${open.at(-1)!.name}> is not closed`);
  if (root.children.length !== 1) throw new SyntaxError('a document has one root element');
  const trim = (element: Element): Element => ({
    ...element,
    text: element.text.trim(),
    children: element.children.map(trim),
  });
  return trim(root.children[0]!);
}
