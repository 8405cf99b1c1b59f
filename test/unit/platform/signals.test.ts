import { expect } from '@open-wc/testing';
import { SIGNAL_NAMES } from '../../../src/license/node-lock.ts';
import { readMachine, readQuickSignals } from '../../../src/platform/signals.ts';

describe('signals', () => {
  it('are of the version 1 list, the same each time, and none is empty', async () => {
    const [first, second] = [await readMachine(), await readMachine()];
    expect(second).to.deep.equal(first);
    for (const [name, value] of Object.entries(first.signals)) {
      expect(SIGNAL_NAMES).to.include(name);
      expect(value, name).not.to.equal('');
    }
  });

  it('the quick ones are among all', async () => {
    const { signals } = await readMachine();
    expect(signals).to.include(readQuickSignals());
  });
});
