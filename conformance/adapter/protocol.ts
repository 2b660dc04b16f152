// The adapter protocol holdfast/1: one JSON object on a line, requests to the subject and an answer to each, in order.
// The JSON Schemas in conformance/schemas and the types come from here.

import {z} from 'zod';

export const PROTOCOL = 'holdfast/1';

/** The longest line of either side, in bytes, its end not counted. */
export const LONGEST_LINE = 2 ** 20;

/** Names the kinds of module that a subject may be. */
export const moduleName = z.enum(['ha', 'election', 'storage', 'host']).meta({
  description:
    'A kind of module: an HA module that is told who is elected; one that elects; the storage modules of a cluster ' +
    'together; a whole host.',
});

const id = z.int().nonnegative().meta({description: 'Numbers the requests from 0; the answer repeats it.'});

const host = z.string().min(1).optional().meta({
  description: 'Which of its hosts is meant, where it is several at a time. They share nothing.',
});

const data = z.record(z.string(), z.unknown());

/** What a subject is asked. */
export const request = z
  .discriminatedUnion('cmd', [
    z.object({
      id,
      cmd: z.literal('hello').meta({description: 'Comes first, once.'}),
      protocol: z.literal(PROTOCOL),
      suite: z.string().meta({description: 'Name and version of the suite.'}),
    }),
    z.object({
      id,
      cmd: z
        .literal('reset')
        .meta({description: 'Forget everything and start anew, as this module with this configuration.'}),
      host,
      module: moduleName,
      config: data.meta({description: 'The configuration, as in the specification.'}),
    }),
    z.object({
      id,
      cmd: z.literal('step').meta({description: 'This has happened. Answer once nothing more happens by itself.'}),
      host,
      event: data.meta({description: 'One event, as in the specification.'}),
    }),
    z.object({
      id,
      cmd: z.literal('probe').meta({description: 'Show the state; change nothing. Only if claimed.'}),
      host,
    }),
    z.object({id, cmd: z.literal('bye').meta({description: 'Answer, and end.'})}),
  ])
  .meta({id: 'request', title: 'holdfast/1 request', description: 'From the suite to the subject.'});

/** Why a subject cannot do what it was asked: never a verdict on the protocol. */
const complaint = z.object({
  code: z.enum(['unsupported', 'bad-request', 'internal']).meta({
    description: 'No such command or module here; not understood; a fault of the subject.',
  }),
  message: z.string().optional(),
});

export const refusal = z.object({id, ok: z.literal(false), error: complaint}).meta({description: 'It cannot be done.'});

/** What a subject says of itself. Only name, modules and protocol must be there. */
export const hello = z
  .object({
    id,
    ok: z.literal(true),
    protocol: z.literal(PROTOCOL),
    implementation: z.object({
      name: z.string().min(1),
      version: z.string().optional(),
      language: z.string().optional(),
      home: z.url().optional(),
    }),
    modules: z.array(moduleName).min(1).meta({description: 'What `reset` may ask for.'}),
    repairs: z.array(z.string()).optional().meta({description: 'The repairs that it keeps; all of them if absent.'}),
    capabilities: z
      .object({
        probe: z.boolean().optional().meta({description: 'It answers `probe`. Default false.'}),
        hosts: z.int().positive().optional().meta({
          description: 'How many hosts it can be at a time, each with a name in `host`. Default 1, and then without.',
        }),
        pipelining: z.boolean().optional().meta({
          description: 'Requests may come before earlier ones are answered, as they do on a pipe. Default true.',
        }),
      })
      .optional(),
    choices: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({description: 'For people: what it does where it may choose.'}),
    unsupported: z
      .array(z.object({rule: z.string(), why: z.string().min(1), issue: z.string().optional()}))
      .optional()
      .meta({description: 'Rules that it is known not to keep. They are tried all the same.'}),
  })
  .meta({description: 'The answer to `hello`.'});

export const done = z.object({id, ok: z.literal(true)}).meta({description: 'The answer to `reset` and `bye`.'});

export const stepped = z
  .object({id, ok: z.literal(true), effects: z.array(z.unknown())})
  .meta({description: 'The answer to `step`: what is to be done, in order.'});

export const probed = z
  .object({id, ok: z.literal(true), state: z.unknown()})
  .meta({description: 'The answer to `probe`: whatever shows the state.'});

/** Any answer. Fields that are not named here are ignored. */
export const answer = z
  .union([hello, stepped, probed, done, refusal])
  .meta({id: 'answer', title: 'holdfast/1 answer', description: 'From the subject to the suite.'});

/** A module that can be tested. */
export type ModuleName = z.infer<typeof moduleName>;

/** What the suite asks of a program. */
export type Request = z.infer<typeof request>;

/** How a program under test introduces itself. */
export type Hello = z.infer<typeof hello>;

/** What a program answers that cannot do what was asked. */
export type Refused = z.infer<typeof refusal>;
