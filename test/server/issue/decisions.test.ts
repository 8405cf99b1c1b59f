import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { DECISION_ERROR_CODES } from '../../../src/errors.ts';
import { playDecision, stateOf } from '../support/decision-player.ts';
import type { DecisionTest } from '../support/decision-story.ts';

const path = new URL('../../vectors/decisions/decisions.json', import.meta.url);
const { tests } = JSON.parse(readFileSync(path, 'utf8')) as { tests: DecisionTest[] };

suite('decisions of the portal', () => {
  for (const decision of tests) {
    test(decision.name, async t => {
      const played = await playDecision(decision, t);
      assert.deepEqual(await stateOf(played, Object.keys(decision.state)), decision.state);
    });
  }

  test('each code of a decision is the outcome of a test', () => {
    const expected = new Set(tests.flatMap(({ steps }) => steps.map(step => step.expect)));
    const untested = [...DECISION_ERROR_CODES, 'PRODUCT_MISMATCH'].filter(code => !expected.has(code));
    assert.deepEqual(untested, []);
  });
});
