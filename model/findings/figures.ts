// The figures as a section of the page: how often the cases arise, and how bad it gets, variant by variant.

import {count} from '../report/numbers.js';
import {casesOf, SHOWN} from './cases.js';
import type {Figures, Finding} from './finding.js';

/** A share in percent with one digit. */
const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;

export const figuresSection = (findings: readonly Finding[]): readonly string[] => [
  '## Figures',
  '',
  'How often the cases arise. A VM has a namespace object and a disk, each with a replica on two hosts and a witness on a',
  'third. Every placement, every cut of the storage network into so many sides and every place of the primary counts',
  'the same.',
  '',
  '| Hosts, sides | Cases | Only another host can SET | Restartable on some side | Namespace here, disk there | SET refused for want of a disk |',
  '|---|---|---|---|---|---|',
  ...SHOWN.map(([hosts, sides]) => {
    const {all, delegated, restartable, parted, refused} = casesOf(hosts, sides);
    const shares = [delegated, restartable, parted, refused].map(part => share(part, all));
    return `| ${[`${hosts}, ${sides}`, count(all), ...shares].join(' | ')} |`;
  }),
  '',
  '*Only another host can SET*: the primary needs the fallback. *Namespace here, disk there*: SET is possible on some side',
  'and a restart on none; three hosts never come to that. *SET refused for want of a disk*: of those, the cases in which a',
  'primary that asks about all objects gets no yes, and one that asks about the namespace object does (H8).',
  '',
  ...findings.flatMap(({hazard, figures}) => figures.flatMap(figure => measureText(hazard, figure))),
];

const measureText = (
  hazard: string,
  {property, scene, choices, bound, variants, least}: Figures,
): readonly string[] => [
  `How bad ${hazard} gets: the least \`--${bound}\` with which ${property} holds in \`${scene}\`, hardened, with`,
  `\`${Object.entries(choices)
    .map(([key, text]) => `--${key} ${text}`)
    .join(' ')}\`.`,
  '',
  '| Variant | Least bound |',
  '|---|---|',
  ...Object.keys(variants).map(name => `| ${name} | ${least[name] ?? 'none that was tried'} |`),
  '',
];
