// The reference as a program: a whole host, and an HA module. `node --import=tsx reference-host.ts`

import {haModule, referenceOf, serve, wholeHost} from '../../../conformance/index.js';
import {eager} from '../../../src/index.js';

await serve(
  {implementation: {name: 'reference'}, capabilities: {hosts: 9}},
  {host: () => referenceOf(wholeHost, eager), ha: () => referenceOf(haModule, eager)},
);
