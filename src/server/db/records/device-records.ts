import { type Kysely, type Selectable, sql } from 'kysely';
import { type Bytes, equalBytes } from '../../../bytes/bytes.ts';
import type { Records } from '../../../issue/repository.ts';
import { prepared } from '../prepared.ts';
import type { ActivationTable, DeviceTable, ExchangeTable, Tables } from '../tables.ts';
import {
  fromActivation,
  fromDevice,
  fromExchange,
  toActivation,
  toDevice,
  toExchange,
} from './device-rows.ts';

type ExchangeRow = Selectable<ExchangeTable>;
type DeviceRow = Selectable<DeviceTable>;
type ActivationRow = Selectable<ActivationTable>;

type DeviceRecords = Pick<
  Records,
  | 'findExchanges'
  | 'saveExchange'
  | 'removeExchanges'
  | 'isSequenceTaken'
  | 'findDevice'
  | 'saveDevice'
  | 'findActivation'
  | 'findActiveActivation'
  | 'findRecoverable'
  | 'isReturning'
  | 'saveActivation'
  | 'clearCopies'
  | 'markChanged'
  | 'findTotals'
  | 'saveTotals'
  | 'findHeads'
  | 'saveHeads'
>;

/** Devices, their activations and the files they exchanged. */
export function deviceRecords(db: Kysely<Tables>): DeviceRecords {
  return { ...exchangesAndDevices(db), ...activations(db), ...chains(db) };
}

const findExchanges = prepared((db, key: Pick<ExchangeRow, 'device_id' | 'request_id'>) =>
  db
    .selectFrom('exchange')
    .selectAll()
    .where('device_id', '=', key.device_id)
    .where('request_id', '=', key.request_id)
    .orderBy('license_id'),
);
const saveExchange = prepared((db, row: ExchangeRow) => {
  const { device_id, request_id, license_id, ...rest } = row;
  return db
    .insertInto('exchange')
    .values(row)
    .onConflict(conflict => conflict.columns(['device_id', 'request_id', 'license_id']).doUpdateSet(rest));
});
/** A device has few exchanges, and the primary key begins with it. */
const findSequence = prepared((db, key: { device_id: Bytes; device_sequence: number }) =>
  db
    .selectFrom('exchange')
    .select(['request_id', 'code'])
    .where('device_id', '=', key.device_id)
    .where('device_sequence', '=', key.device_sequence),
);
const findDevice = prepared((db, { id }: Pick<DeviceRow, 'id'>) =>
  db.selectFrom('device').selectAll().where('id', '=', id),
);
const saveDevice = prepared((db, row: DeviceRow) => {
  const { id, ...rest } = row;
  return db
    .insertInto('device')
    .values(row)
    .onConflict(conflict => conflict.column('id').doUpdateSet(rest));
});

function exchangesAndDevices(db: Kysely<Tables>) {
  return {
    async findExchanges(deviceId, requestId) {
      const rows = await findExchanges(db, { device_id: deviceId, request_id: requestId });
      return rows.map(toExchange);
    },
    async saveExchange(exchange) {
      await saveExchange(db, fromExchange(exchange));
    },
    async removeExchanges(deviceId, requestId) {
      await db
        .deleteFrom('exchange')
        .where('device_id', '=', deviceId)
        .where('request_id', '=', requestId)
        .execute();
    },
    async isSequenceTaken({ deviceId, deviceSequence, requestId }) {
      const rows = await findSequence(db, { device_id: deviceId, device_sequence: deviceSequence });
      return rows.some(row => row.code !== 'DEVICE_COPIED' && !equalBytes(row.request_id, requestId));
    },
    async findDevice(id) {
      const [row] = await findDevice(db, { id });
      return row === undefined ? null : toDevice(row);
    },
    async saveDevice(device) {
      await saveDevice(db, fromDevice(device));
    },
  } satisfies Partial<Records>;
}

const findActivation = prepared((db, { id }: Pick<ActivationRow, 'id'>) =>
  db.selectFrom('activation').selectAll().where('id', '=', id),
);
const findActiveActivation = prepared((db, key: Pick<ActivationRow, 'device_id' | 'license_id'>) =>
  db
    .selectFrom('activation')
    .selectAll()
    .where('device_id', '=', key.device_id)
    .where('license_id', '=', key.license_id)
    .where('end_reason', 'is', null),
);
const findLastEnd = prepared((db, key: Pick<ActivationRow, 'device_id' | 'license_id'>) =>
  db
    .selectFrom('activation')
    .select(['end_reason', 'ended_at_s'])
    .where('license_id', '=', key.license_id)
    .where('device_id', '=', key.device_id)
    .where('end_reason', 'is not', null)
    .orderBy('ended_at_s', 'desc')
    .limit(sql.lit(1)),
);
const findGrantedSince = prepared(
  (db, key: Pick<ActivationRow, 'device_id' | 'license_id' | 'granted_at_s'>) =>
    db
      .selectFrom('activation')
      .select('id')
      .where('license_id', '=', key.license_id)
      .where('granted_at_s', '>=', key.granted_at_s)
      .where('device_id', '!=', key.device_id)
      .where('replaces', 'is', null)
      .limit(sql.lit(1)),
);
const saveActivation = prepared((db, row: ActivationRow) => {
  const { id, license_id, device_id, ...rest } = row;
  return db
    .insertInto('activation')
    .values(row)
    .onConflict(conflict => conflict.column('id').doUpdateSet(rest));
});

function activations(db: Kysely<Tables>) {
  return {
    async findActivation(id) {
      const [row] = await findActivation(db, { id });
      return row === undefined ? null : toActivation(row);
    },
    async findActiveActivation(licenseId, deviceId) {
      const [row] = await findActiveActivation(db, { device_id: deviceId, license_id: licenseId });
      return row === undefined ? null : toActivation(row);
    },
    async findRecoverable(licenseId, recoveryCommitment) {
      const row = await db
        .selectFrom('activation')
        .selectAll()
        .where('license_id', '=', licenseId)
        .where('end_reason', 'is', null)
        .where('recovery_commitment', '=', recoveryCommitment)
        .executeTakeFirst();
      return row === undefined ? null : toActivation(row);
    },
    async isReturning(licenseId, deviceId) {
      const [last] = await findLastEnd(db, { license_id: licenseId, device_id: deviceId });
      if (last?.end_reason !== 'deactivated') return false;
      const others = await findGrantedSince(db, {
        license_id: licenseId,
        device_id: deviceId,
        granted_at_s: last.ended_at_s ?? 0,
      });
      return others.length === 0;
    },
    async saveActivation(activation) {
      await saveActivation(db, fromActivation(activation));
    },
    async markChanged(licenseIds, atS) {
      if (licenseIds.length === 0) return;
      await db
        .updateTable('activation')
        .set({ changed_at_s: sql<number>`coalesce(changed_at_s, ${atS})`, carried_by_revision: null })
        .where('license_id', 'in', licenseIds)
        .where('end_reason', 'is', null)
        .execute();
    },
    async clearCopies(deviceId) {
      await db
        .updateTable('activation')
        .set({ copied_at_s: null })
        .where('device_id', '=', deviceId)
        .where('copied_at_s', 'is not', null)
        .execute();
    },
  } satisfies Partial<Records>;
}

function chains(db: Kysely<Tables>) {
  return {
    async findTotals(activationId) {
      const rows = await db
        .selectFrom('activation_counter')
        .selectAll()
        .where('activation_id', '=', activationId)
        .orderBy('counter')
        .execute();
      return rows.map(({ counter, used, given_back: givenBack }) => ({ counter, used, givenBack }));
    },
    async saveTotals(activationId, totals) {
      if (totals.length === 0) return;
      const rows = totals.map(({ counter, used, givenBack }) => ({
        activation_id: activationId,
        counter,
        used,
        given_back: givenBack,
      }));
      await db
        .insertInto('activation_counter')
        .values(rows)
        .onConflict(conflict =>
          conflict.columns(['activation_id', 'counter']).doUpdateSet(({ ref }) => ({
            used: ref('excluded.used'),
            given_back: ref('excluded.given_back'),
          })),
        )
        .execute();
    },
    async findHeads(activationId, sequences) {
      const rows = await db
        .selectFrom('activation_head')
        .select(['sequence', 'head'])
        .where('activation_id', '=', activationId)
        .where('sequence', 'in', sequences)
        .orderBy('sequence')
        .execute();
      return rows.map(({ sequence, head }) => ({ sequence, head }));
    },
    async saveHeads(activationId, heads) {
      if (heads.length === 0) return;
      const rows = heads.map(({ sequence, head }) => ({ activation_id: activationId, sequence, head }));
      await db
        .insertInto('activation_head')
        .values(rows)
        .onConflict(conflict => conflict.columns(['activation_id', 'sequence']).doNothing())
        .execute();
    },
  } satisfies Partial<Records>;
}
