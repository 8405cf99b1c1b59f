import { expect } from '@open-wc/testing';
import { takeGivenName } from '../../../src/device/given-name.ts';

describe('takeGivenName()', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  /** The name that a device of a name has after a start with this address. */
  async function nameAfter(hash: string, deviceName = ''): Promise<string> {
    history.replaceState(null, '', hash);
    const device = {
      deviceName,
      async rename(name: string) {
        device.deviceName = name;
      },
    };
    await takeGivenName(device);
    return device.deviceName;
  }

  it('names a device that has no name, and takes the name off the address', async () => {
    expect(await nameAfter('#device=PRESS-7')).to.equal('PRESS-7');
    expect(location.hash).to.equal('');
    expect(location.pathname).to.equal(new URL(before).pathname);
  });

  it('leaves a name that somebody chose', async () => {
    expect(await nameAfter('#device=PRESS-7', 'Press at the door')).to.equal('Press at the door');
    expect(location.hash).to.equal('');
  });

  it('takes letters, digits and a few marks alone, and 32 of them', async () => {
    expect(await nameAfter('#device=%3Cb%3EPresse%20é%0A%00')).to.equal('bPresse é');
    expect(await nameAfter(`#device=${'a'.repeat(50)}`)).to.equal('a'.repeat(32));
    expect(await nameAfter('#device=%20%20')).to.equal('');
  });

  it('leaves other addresses alone', async () => {
    expect(await nameAfter('#/about')).to.equal('');
    expect(location.hash).to.equal('#/about');
  });
});
