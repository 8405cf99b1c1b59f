import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Runs a statement with these values. */
export type Prepared<Values extends object, Row> = (db: Kysely<Tables>, values: Values) => Promise<Row[]>;

interface Compiled<Row> {
  readonly query: CompiledQuery<Row>;
  /** Name of the value that stands in the place of each parameter. */
  readonly names: readonly PropertyKey[];
}

/** Stands for a value while the statement is compiled. */
class Slot {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A statement that is built and compiled once for each kind of database: that takes longer than SQLite takes to run it.
 *
 * @param build - Must not look at the values but only put them where they belong. Each run has values of the same names.
 */
export function prepared<Values extends object, Row>(
  build: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): Prepared<Values, Row> {
  const compiled = new WeakMap<DialectAdapter, Compiled<Row>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    const { query, names } = compiled.get(adapter) ?? keep(adapter, compile(db, values, build));
    const parameters = names.map(name => Reflect.get(values, name));
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };

  function keep(adapter: DialectAdapter, made: Compiled<Row>): Compiled<Row> {
    compiled.set(adapter, made);
    return made;
  }
}

function compile<Values extends object, Row>(
  db: Kysely<Tables>,
  values: Values,
  build: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): Compiled<Row> {
  const slots = Object.fromEntries(Object.keys(values).map(name => [name, new Slot(name)]));
  // To Kysely any object is a value: what is not a slot afterwards was written into the statement.
  const query = build(db, slots as unknown as Values).compile();
  const names = query.parameters.map(parameter => {
    if (parameter instanceof Slot) return parameter.name;
    throw new TypeError('a prepared statement takes its parameters from its values alone');
  });
  return { query, names };
}
