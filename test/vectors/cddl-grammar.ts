/** A type of CDDL (RFC 8610), in the subset that docs/latchkey.cddl uses. */
export type CddlType =
  | { is: 'value'; value: number | string }
  | { is: 'name'; name: string }
  | { is: 'choice'; of: CddlType[] }
  | { is: 'range'; min: number; max: number }
  | { is: 'control'; target: CddlType; operator: string; argument: CddlType }
  | { is: 'tag'; tag: number; content: CddlType }
  | { is: 'map' | 'array'; group: Group };

/** Alternatives (`//`), each a sequence of entries. */
export type Group = Entry[][];

/** One entry of a group: a type, with a key in maps, or a group in parentheses. */
export interface Entry {
  min: number;
  max: number;
  key?: CddlType;
  /** After a key with a colon: a value of another type is not tried with later entries. */
  cut: boolean;
  content: CddlType | Group;
}

/** The rules of a grammar by name. A rule is an entry, since a name can stand for a type or a group. */
export type Grammar = ReadonlyMap<string, Entry>;

const token =
  /\s*(?:;[^\n]*\n\s*)*(=>|\/\/|\.\.|\.[a-z]+|"[^"]*"|-?[0-9]+(?![.]?[0-9]*[A-Za-z])|#6\.[0-9]+|[A-Za-z][A-Za-z0-9-]*|[=/(){}[\],:^?*+])/y;

/** Parses a grammar. Throws SyntaxError for what is not in the subset, and for a name without a rule. */
export function parseCddl(source: string): Grammar {
  return new Parser(tokensOf(source)).grammar();
}

function tokensOf(source: string): string[] {
  const text = `${source}\n`;
  const tokens: string[] = [];
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    tokens.push(match[1] ?? '');
    end = token.lastIndex;
  }
  const rest = text.slice(end).replaceAll(/;[^\n]*\n/g, '');
  if (rest.trim() !== '') throw new SyntaxError(`unexpected: ${rest.trim().slice(0, 40)}`);
  return tokens;
}

const prelude = ['uint', 'int', 'bstr', 'tstr', 'bool', 'any'];

class Parser {
  private readonly tokens: readonly string[];
  private place = 0;
  private readonly used = new Set<string>();

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  grammar(): Grammar {
    const rules = new Map<string, Entry>();
    while (this.place < this.tokens.length) {
      const name = this.next();
      this.expect('=');
      if (rules.has(name)) throw new SyntaxError(`two rules for ${name}`);
      rules.set(name, this.entry());
    }
    const unknown = [...this.used].filter(name => !rules.has(name) && !prelude.includes(name));
    if (unknown.length > 0) throw new SyntaxError(`no rule for ${unknown.join(', ')}`);
    return rules;
  }

  private peek(): string {
    return this.tokens[this.place] ?? '';
  }

  private next(): string {
    const current = this.peek();
    if (current === '') throw new SyntaxError('the grammar ends too early');
    this.place += 1;
    return current;
  }

  private accept(expected: string): boolean {
    if (this.peek() !== expected) return false;
    this.place += 1;
    return true;
  }

  private expect(expected: string): void {
    const got = this.next();
    if (got !== expected) throw new SyntaxError(`expected ${expected}, got ${got}`);
  }

  /** Runs `parse`; when it fails, or `follows` does not hold, goes back and gives null. */
  private attempt<T>(parse: () => T, follows: () => boolean): T | null {
    const start = this.place;
    try {
      const result = parse();
      if (follows()) return result;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    this.place = start;
    return null;
  }

  private group(close: string): Group {
    const alternatives: Group = [[]];
    while (!this.accept(close)) {
      if (this.accept('//')) alternatives.push([]);
      alternatives.at(-1)?.push(this.entry());
      this.accept(',');
    }
    return alternatives;
  }

  private entry(): Entry {
    const [min, max] = this.occurrence();
    const colonKey = this.attempt(
      () => this.bareKey(),
      () => this.accept(':'),
    );
    if (colonKey) return { min, max, key: colonKey, cut: true, content: this.type() };
    const arrowKey = this.attempt(
      () => this.operand(),
      () => this.accept('=>'),
    );
    if (arrowKey) return { min, max, key: arrowKey, cut: false, content: this.type() };
    const type = this.attempt(
      () => this.type(),
      () => this.peek() !== ':',
    );
    if (type) return { min, max, cut: false, content: type };
    this.expect('(');
    return { min, max, cut: false, content: this.group(')') };
  }

  private occurrence(): [min: number, max: number] {
    if (this.accept('?')) return [0, 1];
    if (this.accept('+')) return [1, Number.POSITIVE_INFINITY];
    if (!this.accept('*')) return [1, 1];
    const limit = this.attempt(
      () => this.number(),
      () => this.peek() !== ':' && this.peek() !== '=>',
    );
    return [0, limit ?? Number.POSITIVE_INFINITY];
  }

  private bareKey(): CddlType {
    const key = this.next();
    if (/^-?[0-9]/.test(key)) return { is: 'value', value: Number(key) };
    return { is: 'value', value: key.replaceAll('"', '') };
  }

  private type(): CddlType {
    const of = [this.operand()];
    while (this.accept('/')) of.push(this.operand());
    const [first] = of;
    return of.length === 1 && first ? first : { is: 'choice', of };
  }

  /** A type with its range or control operator: type1 in RFC 8610. */
  private operand(): CddlType {
    const target = this.primary();
    if (this.accept('..')) {
      if (target.is !== 'value' || typeof target.value !== 'number')
        throw new SyntaxError('a range of what?');
      return { is: 'range', min: target.value, max: this.number() };
    }
    if (!/^\.[a-z]/.test(this.peek())) return target;
    return { is: 'control', target, operator: this.next(), argument: this.primary() };
  }

  private number(): number {
    const text = this.next();
    if (!/^-?[0-9]+$/.test(text)) throw new SyntaxError(`expected a number, got ${text}`);
    return Number(text);
  }

  private primary(): CddlType {
    const text = this.next();
    if (text === '(') {
      const inner = this.type();
      this.expect(')');
      return inner;
    }
    if (text === '{') return { is: 'map', group: this.group('}') };
    if (text === '[') return { is: 'array', group: this.group(']') };
    if (text.startsWith('#6.')) {
      this.expect('(');
      const content = this.type();
      this.expect(')');
      return { is: 'tag', tag: Number(text.slice(3)), content };
    }
    if (text.startsWith('"')) return { is: 'value', value: text.slice(1, -1) };
    if (/^-?[0-9]/.test(text)) return { is: 'value', value: Number(text) };
    if (!/^[A-Za-z]/.test(text)) throw new SyntaxError(`unexpected ${text}`);
    this.used.add(text);
    return { is: 'name', name: text };
  }
}
