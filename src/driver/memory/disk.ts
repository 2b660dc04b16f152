import type {HostDurable} from '../../host/state.js';
import type {Disk} from '../surroundings.js';

/** A disk that keeps text, as a real one does: what is read is never the very object that was written. */
export const createDisk = (): Disk => {
  let text: string | null = null;
  return {
    read: () => (text === null ? null : (JSON.parse(text) as HostDurable)),
    write: durable => {
      text = JSON.stringify(durable);
    },
  };
};
