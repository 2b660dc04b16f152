// The rules as the specification writes them.

import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';

const root = join(import.meta.dirname, '../..');

export type Text = {readonly path: string; readonly text: string};

/** Every file below a folder whose name ends so, by its path from the root. */
export const textsIn = (folder: string, ending: string): readonly Text[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter(path => path.endsWith(ending))
    .map(path => join(root, folder, path))
    .map(path => ({path: relative(root, path), text: readFileSync(path, 'utf8')}));

/** Each rule with its chapter, its sentence and where it comes from. */
export const written = textsIn('spec', '.md').flatMap(({path, text}) =>
  text
    .replace(/```[\s\S]*?```/g, '')
    .split(/^(?=#{1,3} )/m)
    .flatMap(section => {
      const [, id] = /^### ([A-Z]{2}-\d\d) \(/.exec(section) ?? [];
      const [, source = ''] = /^- Source: (.*)$/m.exec(section.replace(/\n(?=[^-\n#])/g, ' ')) ?? [];
      const sentence = /\n([\s\S]*?)\n- /.exec(section)?.[1]?.replace(/\s+/g, ' ') ?? '';
      return id === undefined ? [] : [{id, chapter: path, sentence, source}];
    }),
);
