/** Text of AssemblyScript as it grows: one statement a line, names that never clash. */
export class Code {
  readonly #lines: string[] = [];
  readonly #constants: string[] = [];
  readonly #used = new Set<number>();
  #names = 0;

  /** Adds a line. */
  line(text: string): void {
    this.#lines.push(text);
  }

  /** Names the value of an expression. */
  value(expression: string): string {
    const name = `t${this.#names}`;
    this.#names += 1;
    this.line(`  const ${name} = ${expression};`);
    return name;
  }

  /**
   * A vector of 64 bits for each lane, the same unless two are given. It is loaded from memory, not written as a literal:
   * V8 builds a literal by several instructions each time.
   */
  constant(lane0: bigint, lane1 = lane0): string {
    const words = `${hex(lane0)}, ${hex(lane1)}`;
    const known = this.#constants.indexOf(words);
    const place = known >= 0 ? known : this.#constants.push(words) - 1;
    this.#used.add(place);
    return `k${place}`;
  }

  /** Adds a function whose body `write` adds; it begins with the constants that the body uses. */
  procedure(signature: string, write: () => void): void {
    const start = this.#lines.length;
    this.#used.clear();
    write();
    const constants = [...this.#used].map(
      place => `  const k${place} = v128.load(CONSTANTS, ${16 * place});`,
    );
    this.#lines.splice(start, 0, `export function ${signature}: void {`, ...constants);
    this.line('}');
  }

  /** The whole module. */
  text(comment: string): string {
    const words = this.#constants.join(', ');
    const constants = words ? [`const CONSTANTS: usize = memory.data<u64>([${words}], 16);`] : [];
    return [`// ${comment} Made by wasm/generate; do not edit.`, ...constants, ...this.#lines, ''].join('\n');
  }
}

/** 64 bits as a literal. */
export function hex(word: bigint): string {
  return `0x${BigInt.asUintN(64, word).toString(16)}`;
}
