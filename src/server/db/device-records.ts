import type { Kysely } from 'kysely';
import { equalBytes } from '../../bytes/bytes.ts';
import type { Records } from '../../issue/repository.ts';
import {
  fromActivation,
  fromDevice,
  fromExchange,
  toActivation,
  toDevice,
  toExchange,
} from './device-rows.ts';
import type { Tables } from './tables.ts';

type DeviceRecords = Pick<
  Records,
  | 'findExchange'
  | 'saveExchange'
  | 'isSequenceTaken'
  | 'findDevice'
  | 'saveDevice'
  | 'findActivation'
  | 'findActiveActivation'
  | 'saveActivation'
  | 'findTotals'
  | 'saveTotals'
  | 'findHeads'
  | 'saveHeads'
>;

/** Devices, their activations and the files they exchanged. */
export function deviceRecords(db: Kysely<Tables>): DeviceRecords {
  return { ...exchangesAndDevices(db), ...activations(db), ...chains(db) };
}

function exchangesAndDevices(db: Kysely<Tables>) {
  return {
    async findExchange(deviceId, requestId) {
      const exchanges = db.selectFrom('exchange').selectAll();
      const row = await exchanges
        .where('device_id', '=', deviceId)
        .where('request_id', '=', requestId)
        .executeTakeFirst();
      return row === undefined ? null : toExchange(row);
    },
    async saveExchange(exchange) {
      const row = fromExchange(exchange);
      const { device_id, request_id, ...rest } = row;
      await db
        .insertInto('exchange')
        .values(row)
        .onConflict(conflict => conflict.columns(['device_id', 'request_id']).doUpdateSet(rest))
        .execute();
    },
    async isSequenceTaken({ deviceId, deviceSequence, requestId }) {
      const rows = await db
        .selectFrom('exchange')
        .select(['request_id', 'code'])
        .where('device_id', '=', deviceId)
        .where('device_sequence', '=', deviceSequence)
        .execute();
      return rows.some(row => row.code !== 'DEVICE_COPIED' && !equalBytes(row.request_id, requestId));
    },
    async findDevice(id) {
      const row = await db.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toDevice(row);
    },
    async saveDevice(device) {
      const row = fromDevice(device);
      const { id, ...rest } = row;
      await db
        .insertInto('device')
        .values(row)
        .onConflict(conflict => conflict.column('id').doUpdateSet(rest))
        .execute();
    },
  } satisfies Partial<Records>;
}

function activations(db: Kysely<Tables>) {
  return {
    async findActivation(id) {
      const row = await db.selectFrom('activation').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toActivation(row);
    },
    async findActiveActivation(licenseId, deviceId) {
      const row = await db
        .selectFrom('activation')
        .selectAll()
        .where('device_id', '=', deviceId)
        .where('license_id', '=', licenseId)
        .where('end_reason', 'is', null)
        .executeTakeFirst();
      return row === undefined ? null : toActivation(row);
    },
    async saveActivation(activation) {
      const row = fromActivation(activation);
      const { id, license_id, device_id, ...rest } = row;
      await db
        .insertInto('activation')
        .values(row)
        .onConflict(conflict => conflict.column('id').doUpdateSet(rest))
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
