import { webCrypto } from '../../../src/crypto/web.ts';
import { describeVectors } from '../../support/vector-tests.ts';

describeVectors('WASM with plain SIMD', webCrypto({ ed25519: 'wasm-simd' }));
