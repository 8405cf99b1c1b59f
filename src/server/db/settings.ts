import type { Database } from './database.ts';

/** Small things that the server remembers about itself, as JSON under a name. */
export interface Settings {
  /** What is kept under this name, or null. */
  find(name: string): Promise<unknown>;
  /** What is kept under this name; the first time, `value`. */
  keep<T>(name: string, value: T): Promise<T>;
}

/** Settings in the portal's database. */
export function createSettings({ db, transact }: Pick<Database, 'db' | 'transact'>): Settings {
  return {
    async find(name) {
      const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
      return row === undefined ? null : JSON.parse(row.value);
    },
    keep: <T>(name: string, value: T) =>
      transact(async transaction => {
        const row = await transaction
          .selectFrom('setting')
          .select('value')
          .where('name', '=', name)
          .executeTakeFirst();
        if (row !== undefined) return JSON.parse(row.value) as T;
        await transaction
          .insertInto('setting')
          .values({ name, value: JSON.stringify(value) })
          .execute();
        return value;
      }),
  };
}
