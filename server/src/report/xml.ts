/** Elements as XML text, for the formats that CI systems have read for twenty years. */
import XMLBuilder from 'fast-xml-builder';
import { forXml } from './escape.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Element[];
  readonly text?: string;
}

const ATTRIBUTES = ':@';
const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
});

/** A document with the one root; attributes and text may hold anything. Ends with a line feed. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([ordered(root)]).trim()}\n`;
}

function ordered({ name, attributes, children = [], text }: Element): object {
  const given = Object.entries(attributes).map(([key, value]) => [`@${key}`, typeof value === 'number' ? value : forXml(value)]);
  const inside = text === undefined ? children.map(ordered) : [{ '#text': forXml(text) }];
  return { [name]: inside, [ATTRIBUTES]: Object.fromEntries(given) };
}
