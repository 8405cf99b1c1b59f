import { suite, test } from 'node:test';
import { fieldChecks } from '../support/wasm/field-checks.ts';
import { builds } from '../support/wasm/probe.ts';
import { probeOf } from './support/verifiers.ts';

for (const build of builds) {
  const checks = fieldChecks(build, await probeOf(build));
  suite(`the field of the ${build} build`, () => {
    for (const [name, check] of Object.entries(checks)) test(name, check);
  });
}
