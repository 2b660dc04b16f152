// The formats as JSON Schemas (2020-12), made from the same source as the types.

import {z} from 'zod';
import {expectationsShape} from '../report/expectations.js';
import {line} from '../report/stream.js';
import {answer, request} from './protocol.js';

const SHAPES = {request, answer, 'report-line': line, expectations: expectationsShape};

/** The text of each schema file, by its name. */
export const schemas = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => {
      const schema = {
        $comment:
          'Generated from conformance/adapter and conformance/report by `UPDATE_SCHEMAS=1 npx ava test/conformance/schemas.test.ts`.',
        ...z.toJSONSchema(shape, {target: 'draft-2020-12', io: 'input'}),
      };
      return [`${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`];
    }),
  );
