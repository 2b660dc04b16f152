import {printable} from '../value.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML or SVG shows it, inside an element or a quoted attribute; control characters are spelt out. */
export const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, character => ENTITIES[character] ?? '');
