// `holdfast conform init <language> [folder]`

import {copyFileSync, existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Argument, type Command} from 'commander';
import {print} from '../../model/cli/output.js';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {EXIT} from './exit.js';
import {makeFolder} from './folder.js';

/** The languages for which there is a kit: its files, what has to be made of them, and how the template starts. */
const KITS = {
  go: {
    files: ['go.mod', 'adapter/adapter.go', 'template/main.go'],
    make: 'go build -o my-ha ./template',
    start: './my-ha',
  },
  python: {files: ['holdfast_adapter.py', 'template.py'], make: null, start: 'python3 template.py'},
  typescript: {files: ['holdfast-adapter.ts', 'template.ts'], make: null, start: 'node --import=tsx template.ts'},
} as const;

type Language = keyof typeof KITS;

export const addInit = (made: Command, leave: (code: number) => void): void => {
  made
    .command('init')
    .description('copy a template to fill in')
    .addArgument(new Argument('<language>').choices(Object.keys(KITS)))
    .argument('[folder]', 'where to', '.')
    .action((language: Language, folder: string) => leave(init(language, folder)));
};

const init = (language: Language, folder: string): number => {
  const {files, make, start} = KITS[language];
  const from = join(kitsFolder(import.meta.dirname), language);
  const there = files.find(file => existsSync(join(folder, file)));
  if (there !== undefined) throw new Refusal(`${join(folder, there)} is there already`);
  for (const file of files) {
    try {
      makeFolder(dirname(join(folder, file)));
      copyFileSync(join(from, file), join(folder, file));
    } catch (thrown) {
      throw new Refusal(`${join(folder, file)} cannot be written: ${oneLine(thrown)}`);
    }
  }
  print(
    [
      `${files.join(' and ')} are in ${folder}. Fill in the template, and try it:`,
      ...(make === null ? [] : [`  ${make}`]),
      `  holdfast conform doctor -- ${start}`,
      `  holdfast conform test -- ${start}`,
    ].join('\n'),
  );
  return EXIT.pass;
};

/** The sources and what is built from them lie at different depths of the package. */
const kitsFolder = (from: string): string => {
  const folder = join(from, 'conformance', 'kits');
  if (existsSync(folder) && readdirSync(folder).includes('python')) return folder;
  if (dirname(from) === from) throw new Error('this installation has no kits');
  return kitsFolder(dirname(from));
};
