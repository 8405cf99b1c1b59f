import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createThrottle, throttleKey } from '../../../src/server/accounts/throttle.ts';

describe('createThrottle()', () => {
  it('refuses past the rate, says when to come back, and lets others through', async () => {
    const throttle = createThrottle({ calls: 2, seconds: 60 });
    await throttle.take('a');
    await throttle.take('a');
    await assert.rejects(
      throttle.take('a'),
      (error: { code: string; data: { retryAfterSeconds: number } }) => {
        assert.equal(error.code, 'RATE_LIMITED');
        assert.ok(error.data.retryAfterSeconds >= 1 && error.data.retryAfterSeconds <= 60);
        return true;
      },
    );
    await throttle.take('b');
  });

  it('lets through again when the time has passed', async () => {
    const throttle = createThrottle({ calls: 1, seconds: 1 });
    await throttle.take('a');
    await assert.rejects(throttle.take('a'));
    await new Promise(resolve => setTimeout(resolve, 1100));
    await throttle.take('a');
  });

  it('tells whether there is room without taking it', async () => {
    const throttle = createThrottle({ calls: 1, seconds: 60 });
    await throttle.demandRoom('a');
    await throttle.demandRoom('a');
    await throttle.take('a');
    await assert.rejects(throttle.demandRoom('a'), { code: 'RATE_LIMITED' });
    await throttle.demandRoom('b');
  });

  it('forgets on demand', async () => {
    const throttle = createThrottle({ calls: 1, seconds: 60 });
    await throttle.take('a');
    await throttle.forget('a');
    await throttle.take('a');
  });
});

describe('throttleKey()', () => {
  it('counts an IPv4 address, also when it comes mapped, as one', () => {
    assert.equal(throttleKey('192.0.2.7'), '192.0.2.7');
    assert.equal(throttleKey('::ffff:192.0.2.7'), '192.0.2.7');
  });

  it('counts the /64 of an IPv6 address, however it is written', () => {
    assert.equal(throttleKey('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
    assert.equal(throttleKey('2001:db8:1:2::9'), '2001:db8:1:2');
    assert.equal(throttleKey('2001:db8::9'), '2001:db8:0:0');
    assert.equal(throttleKey('fe80::1%eth0'), 'fe80:0:0:0');
    assert.equal(throttleKey('::1'), '0:0:0:0');
  });
});
