import { nextRevision } from '../portal.ts';
import type { ActivationRecord } from '../records.ts';

/** What no license file states: nothing of it has to be carried to a device. */
const unstated: ReadonlySet<string> = new Set([
  'customer',
  'note',
  'metadata',
  'maxActivations',
  'maxTransfers',
  'maxUsers',
  'devicesPerUser',
  'allowOffline',
  'validityDays',
  'maxRebinds',
  'rebindLikeness',
]);

/** Of the names of fields that changed, those that license files state. */
export function changedForDevices(changed: readonly string[]): string[] {
  return changed.filter(name => !unstated.has(name));
}

/** The activation with the revision of a license file that is made now, which carries all that has changed. */
export function withNextFile(activation: ActivationRecord, nowS: number): ActivationRecord {
  const revision = nextRevision(activation.revision, nowS);
  const { changedAtS, carriedByRevision } = activation;
  const carriedBy = changedAtS === null ? null : (carriedByRevision ?? revision);
  return { ...activation, revision, carriedByRevision: carriedBy };
}

/** The activation after its device has said which revision it has: a file counts as carried only then. */
export function withInstalled(activation: ActivationRecord, revision = 0): ActivationRecord {
  const { carriedByRevision } = activation;
  if (carriedByRevision === null || revision < carriedByRevision) return activation;
  return { ...activation, changedAtS: null, carriedByRevision: null };
}
