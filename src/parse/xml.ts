import { SaxesParser } from 'saxes';
import { messageOf, RagError } from '../platform/errors.ts';
import { replaceC1Controls } from './c1-controls.ts';

/** Attributes by their names as written, prefix included. */
export type XmlAttributes = Readonly<Record<string, string>>;

export type XmlHandlers = {
  /** `name` is without its prefix. */
  open?(name: string, attributes: XmlAttributes): void;
  close?(name: string): void;
  text?(text: string): void;
};

// Small enough that no step holds a second copy of a large part.
const pieceBytes = 64 * 1024;

/**
 * Read one XML part as a stream of events, in any encoding it declares. A DOCTYPE with declarations of its own is
 * refused, so there are no entities to expand and nothing is ever fetched. Depth costs no stack.
 *
 * @param part name for messages
 * @throws RagError PARSE_FAILED
 */
export function readXml(bytes: Uint8Array, part: string, handlers: XmlHandlers): void {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[') || /<!ENTITY/i.test(doctype))
      throw new RagError('PARSE_FAILED', {
        message: `"${part}" contains a DOCTYPE with declarations (entity expansion); refused.`,
        hint: 'Do not trust this file; no office program writes that.',
      });
  });
  parser.on('error', (error) => {
    // A stray control character, an HTML entity name or text behind the root harms nothing; the rest is whole.
    if (
      /disallowed character|malformed character entity|undefined entity|text data outside of root node/.test(
        error.message,
      )
    )
      return;
    throw new RagError('PARSE_FAILED', {
      message: `"${part}" is not well-formed XML: ${messageOf(error)}`,
      hint: 'Get the file again, or open and save it with the program that made it.',
      cause: error,
    });
  });
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(localName(name), attributes as XmlAttributes));
  parser.on('closetag', ({ name }) => handlers.close?.(localName(name)));
  if (handlers.text) {
    parser.on('text', handlers.text);
    parser.on('cdata', handlers.text);
  }
  const decoder = new TextDecoder(encodingOf(bytes));
  const western = decoder.encoding === 'windows-1252';
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const piece = decoder.decode(bytes.subarray(start, start + pieceBytes), { stream: true });
    parser.write(western ? replaceC1Controls(piece) : piece);
  }
  parser.write(decoder.decode());
  parser.close();
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The value of an attribute whatever its prefix; an attribute without a prefix comes first. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const suffix = `:${name}`;
  for (const key in attributes) if (key.endsWith(suffix)) return attributes[key];
  return undefined;
}

/** The value of an attribute that has some prefix, as `r:id` beside `id`. */
export function prefixedAttribute(attributes: XmlAttributes, name: string): string | undefined {
  const suffix = `:${name}`;
  for (const key in attributes) if (key.endsWith(suffix)) return attributes[key];
  return undefined;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  const declared = /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1]?.toLowerCase();
  // Bytes that can be read as ASCII this far are not UTF-16, whatever they declare.
  if (!declared || declared.startsWith('utf-16')) return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    // An unknown name says nothing; nearly all parts are UTF-8.
    return 'utf-8';
  }
}
