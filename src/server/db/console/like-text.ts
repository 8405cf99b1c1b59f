import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Whether a column holds a text as people type it, whatever the case of ASCII letters. */
export function likeText(column: string, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}
