import { expect } from '@open-wc/testing';
import { type Bytes, concatBytes } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { decodeEncrypt0 } from '../../../src/cose/encrypt0.ts';
import { decodeFile } from '../../../src/cose/file.ts';
import { decodeSign1 } from '../../../src/cose/sign1.ts';
import { decodeContainer } from '../../../src/format/container.ts';
import { errorOf } from '../../support/code-of.ts';
import { deviceFile, licenseAnswer } from '../../support/portal-files.ts';

/** What a file that was cut is refused with, and how long it has been. */
const cutAt = (file: Bytes, length: number) =>
  errorOf(() => {
    const { type, content } = decodeFile(file.slice(0, length));
    return type === 'sign1' ? decodeSign1(content) : decodeEncrypt0(content);
  });

/** Where the payload begins: all that is behind it can be counted. */
const payloadOf = { sign1: 40, encrypt0: 100, container: 0 };

describe('a message that was cut short', () => {
  it('says of every cut how much is there, or nothing', async () => {
    const [license] = decodeContainer(await licenseAnswer(1));
    if (!license) throw new TypeError('expected a license');
    for (const file of [license, deviceFile('usage-report')]) {
      const { type } = decodeFile(file);
      for (let length = 5; length < file.length; length += 1) {
        const error = cutAt(file, length);
        expect(error?.code).to.equal('FILE_CUT_SHORT');
        const isCounted = error?.data.bytes !== undefined;
        if (isCounted) expect(error?.data).to.deep.equal({ bytes: length, expectedBytes: file.length });
        if (length >= payloadOf[type]) expect(isCounted, `${type} at ${length}`).to.equal(true);
      }
    }
  });

  it('does not count where the lengths that it states do not fit its form', () => {
    const tooLong = concatBytes(fromHex('d9d9f7d28440a04101'), fromHex('5841'), new Uint8Array(64));
    expect(cutAt(tooLong, tooLong.length)?.data).to.deep.equal({});
  });
});
