import type {Instance, Situation} from './analysis.js';
import {readAt} from './decision-tree.js';

/**
 * Is this a fair action that would change the state, now and for as long as nobody happens whose doings might not
 * commute with its own? It then keeps every state on the way from being quiescent.
 */
export const drives = ({definition, delivery}: Instance, {answer, path}: Situation): boolean =>
  definition.fair !== null &&
  (answer ?? []).some(operations =>
    operations.some(
      operation =>
        // What was read stays as it is; operations that would not change it were left out.
        readAt(path, operation.slot) !== undefined ||
        (operation.type === 'Update' &&
          operation.steps?.length === 1 &&
          delivery?.removes === true &&
          operation.slot === delivery.inbox),
    ),
  );
