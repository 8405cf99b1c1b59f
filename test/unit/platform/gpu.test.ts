import { expect } from '@open-wc/testing';
import { gpuFamily, readGpu } from '../../../src/platform/gpu.ts';

describe('gpuFamily()', () => {
  const same: [string, string[]][] = [
    [
      'intel uhd graphics 620 kbl gt2',
      [
        'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
        'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6 (Core Profile) Mesa 24.0)',
        'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
      ],
    ],
    [
      'nvidia geforce rtx 3060',
      [
        'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
        'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11-31.0.15.4601)',
      ],
    ],
    [
      'llvmpipe',
      ['llvmpipe (LLVM 15.0.6, 256 bits)', 'llvmpipe (LLVM 19.1.0, 256 bits)', 'llvmpipe, or similar'],
    ],
  ];
  for (const [family, renderers] of same) {
    it(`is ${family} whatever the driver and browser`, () => {
      for (const renderer of renderers) expect(gpuFamily(renderer), renderer).to.equal(family);
    });
  }

  it('differs for another model', () => {
    expect(gpuFamily('ANGLE (NVIDIA, NVIDIA GeForce RTX 3070 Direct3D11 vs_5_0 ps_5_0, D3D11)')).not.to.equal(
      gpuFamily('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)'),
    );
  });

  it('readGpu() gives the same twice', () => {
    expect(readGpu()).to.deep.equal(readGpu());
  });
});
