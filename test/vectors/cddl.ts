import { type Bytes, utf8 } from '../../src/bytes/bytes.ts';
import { type CborValue, decodeCbor } from '../../src/bytes/cbor.ts';
import type { CddlType, Entry, Grammar, Group } from './cddl-grammar.ts';

/** A tagged item: only messages and files have tags, so these are enough. */
class Tagged {
  readonly tag: number;
  readonly content: Item;
  constructor(tag: number, content: Item) {
    this.tag = tag;
    this.content = content;
  }
}

type Item = CborValue | Tagged;

const tags: readonly [prefix: readonly number[], tag: number][] = [
  [[0xd9, 0xd9, 0xf7], 55_799],
  [[0xd2], 18],
  [[0xd0], 16],
];

/** Says whether these bytes are CBOR that matches a rule of the grammar. */
export function matchesCddl(grammar: Grammar, rule: string, bytes: Bytes): boolean {
  return new Matcher(grammar).type({ is: 'name', name: rule }, decodeItem(bytes));
}

function decodeItem(bytes: Bytes): Item {
  const found = tags.find(([prefix]) => prefix.every((byte, index) => bytes[index] === byte));
  if (found === undefined) return decodeCbor(bytes);
  return new Tagged(found[1], decodeItem(bytes.slice(found[0].length)));
}

const isGroup = (content: CddlType | Group): content is Group => Array.isArray(content);

class Matcher {
  private readonly grammar: Grammar;

  constructor(grammar: Grammar) {
    this.grammar = grammar;
  }

  type(type: CddlType, item: Item): boolean {
    switch (type.is) {
      case 'value':
        return item === type.value;
      case 'name':
        return this.named(type.name, item);
      case 'choice':
        return type.of.some(choice => this.type(choice, item));
      case 'range':
        return typeof item === 'number' && item >= type.min && item <= type.max;
      case 'tag':
        return item instanceof Tagged && item.tag === type.tag && this.type(type.content, item.content);
      case 'array':
        return Array.isArray(item) && type.group.some(entries => this.array(entries, item));
      case 'map':
        return item instanceof Map && type.group.some(entries => this.map(entries, item));
      case 'control':
        return this.type(type.target, item) && this.control(type.operator, type.argument, item);
    }
  }

  private named(name: string, item: Item): boolean {
    if (name === 'any') return true;
    if (name === 'uint') return typeof item === 'number' && item >= 0;
    if (name === 'int') return typeof item === 'number';
    if (name === 'bstr') return item instanceof Uint8Array;
    if (name === 'tstr') return typeof item === 'string';
    if (name === 'bool') return typeof item === 'boolean';
    const content = this.grammar.get(name)?.content;
    if (content === undefined || isGroup(content)) throw new TypeError(`${name} is not a type`);
    return this.type(content, item);
  }

  private control(operator: string, argument: CddlType, item: Item): boolean {
    if (operator === '.cbor') return item instanceof Uint8Array && this.type(argument, decodeItem(item));
    if (operator === '.size') return this.type(argument, sizeOf(item));
    const value = argument.is === 'value' ? argument.value : null;
    if (operator === '.regexp') return typeof item === 'string' && new RegExp(`^(?:${value})$`).test(item);
    if (typeof item !== 'number' || typeof value !== 'number') return false;
    if (operator === '.le') return item <= value;
    if (operator === '.ge') return item >= value;
    throw new TypeError(`no control operator ${operator}`);
  }

  /** Entries of an array take items in their order, each as many as it can. */
  private array(entries: Entry[], items: readonly Item[]): boolean {
    let place = 0;
    for (const { content, min, max } of entries) {
      if (isGroup(content)) throw new TypeError('a group in an array');
      const start = place;
      while (place < items.length && place - start < max && this.type(content, items[place] ?? null))
        place += 1;
      if (place - start < min) return false;
    }
    return place === items.length;
  }

  private map(entries: Entry[], map: ReadonlyMap<number | string, CborValue>): boolean {
    const left = new Map(map);
    return this.take(entries, left) && left.size === 0;
  }

  /** Takes out of `left` what the entries match; false when a pair is missing or of another type. */
  private take(entries: Entry[], left: Map<number | string, CborValue>): boolean {
    return entries.every(entry => {
      const group = this.groupOf(entry);
      if (group !== null) return this.takeGroup(group, entry.min, left);
      return this.takePairs(entry, left);
    });
  }

  private takeGroup(group: Group, min: number, left: Map<number | string, CborValue>): boolean {
    for (const entries of group) {
      const attempt = new Map(left);
      if (!this.take(entries, attempt)) continue;
      for (const key of left.keys()) if (!attempt.has(key)) left.delete(key);
      return true;
    }
    return min === 0;
  }

  private takePairs(entry: Entry, left: Map<number | string, CborValue>): boolean {
    const { key, content, min, max, cut } = entry;
    if (key === undefined || isGroup(content)) throw new TypeError('an entry of a map needs a key');
    let count = 0;
    for (const [name, value] of left) {
      if (count >= max || !this.type(key, name)) continue;
      if (this.type(content, value)) {
        left.delete(name);
        count += 1;
      } else if (cut) return false;
    }
    return count >= min;
  }

  /** A group in parentheses, or one that a name stands for: its entry is the rule's body. */
  private groupOf({ key, content }: Entry): Group | null {
    if (key !== undefined) return null;
    if (isGroup(content)) return content;
    if (content.is !== 'name') return null;
    const rule = this.grammar.get(content.name);
    if (rule === undefined) return null;
    return isGroup(rule.content) ? rule.content : null;
  }
}

function sizeOf(item: Item): number {
  if (typeof item === 'string') return utf8(item).length;
  return item instanceof Uint8Array ? item.length : -1;
}
