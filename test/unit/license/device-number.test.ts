import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { deviceNumber, parseDeviceNumber } from '../../../src/license/device-number.ts';

const numbers = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(id => deviceNumber(new Uint8Array(id)));
const digitsOf = (number: string) => number.replaceAll(' ', '');

describe('deviceNumber()', () => {
  it('is twelve digits in fours', () => {
    fc.assert(fc.property(numbers, number => /^\d{4} \d{4} \d{4}$/.test(number)));
    expect(deviceNumber(new Uint8Array(32))).to.equal('0000 0000 0000');
    expect(deviceNumber(new Uint8Array(32).fill(255))).to.equal('7497 6710 6559');
  });

  it('takes a whole device id', () => {
    expect(() => deviceNumber(new Uint8Array(8))).to.throw(RangeError);
  });
});

describe('parseDeviceNumber()', () => {
  it('reads it back however it was written down', () => {
    fc.assert(
      fc.property(numbers, number => {
        const digits = digitsOf(number);
        return [number, digits, ` ${number.replaceAll(' ', '-')}\n`].every(
          text => parseDeviceNumber(text) === number,
        );
      }),
    );
  });

  it('sees every wrong digit', () => {
    fc.assert(
      fc.property(numbers, fc.nat(11), fc.nat(9), (number, at, digit) => {
        const digits = digitsOf(number);
        const wrong = digits.slice(0, at) + digit + digits.slice(at + 1);
        fc.pre(wrong !== digits);
        return parseDeviceNumber(wrong) === null;
      }),
    );
  });

  it('sees every swap of neighbors', () => {
    fc.assert(
      fc.property(numbers, fc.nat(10), (number, at) => {
        const digits = digitsOf(number);
        const [left, right] = [digits.charAt(at), digits.charAt(at + 1)];
        fc.pre(left !== right);
        return parseDeviceNumber(digits.slice(0, at) + right + left + digits.slice(at + 2)) === null;
      }),
    );
  });

  it('is null for anything else', () => {
    for (const text of ['', '4829', '4829 1307 750', '4829 1307 7506 1', 'ABCD EFGH IJKL', '-1']) {
      expect(parseDeviceNumber(text), text).to.equal(null);
    }
  });
});
