import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { scalarChecks } from '../support/wasm/scalar-checks.ts';
import { probeOf } from './support/verifiers.ts';

const checks = scalarChecks(await probeOf('scalar'), message =>
  createHash('sha512').update(message).digest(),
);

suite('scalar.ts and sha512.ts', () => {
  for (const [name, check] of Object.entries(checks)) test(name, check);
});
