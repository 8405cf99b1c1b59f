import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gates, reaches } from './gates.ts';
import type { Measurement } from './measurement.ts';

type Verdict = 'ok' | 'past the goal' | 'PAST THE GATE' | '';

/** One row of the table. */
export function row({ name, value, unit, quartiles, rounds }: Measurement): string {
  const gate = gates[name];
  const [low, , high] = quartiles;
  return columns([
    name,
    figure(value),
    unit,
    gate ? `${gate.wanted} ${gate.gate}` : '-',
    gate ? String(gate.goal) : '-',
    `${figure(low)} … ${figure(high)}`,
    String(rounds),
    verdict(name, value),
  ]);
}

/** Names of the columns. */
export function head(): string {
  return columns(['name', 'value', 'unit', 'gate', 'goal', 'quartiles', 'rounds', '']);
}

/** Whether the line has a gate that it misses. */
export function missesGate({ name, value }: Measurement): boolean {
  return verdict(name, value) === 'PAST THE GATE';
}

/** Writes the lines with the machine that they were measured on. */
export function writeJson(path: string, lines: readonly Measurement[]): void {
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
  const withGates = lines.map(line => {
    const { gate, goal } = gates[line.name] ?? { gate: null, goal: null };
    return { ...line, gate, goal };
  });
  const report = { measuredAt: new Date().toISOString(), machine, lines: withGates };
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
}

function verdict(name: string, value: number): Verdict {
  const gate = gates[name];
  if (!gate) return '';
  if (!reaches(value, gate, gate.gate)) return 'PAST THE GATE';
  return reaches(value, gate, gate.goal) ? 'ok' : 'past the goal';
}

const widths = [44, 8, 6, 13, 6, 17, 6, 0];

function columns(cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join(' ')
    .trimEnd();
}

/** Three significant digits; whole numbers stay whole. */
function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
