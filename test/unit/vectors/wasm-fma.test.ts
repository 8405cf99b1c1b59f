import { webCrypto } from '../../../src/crypto/web.ts';
import { describeVectors } from '../../support/vector-tests.ts';

describeVectors('WASM with fused multiply-adds', webCrypto({ ed25519: 'wasm-fma' }));
