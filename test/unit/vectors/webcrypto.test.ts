import { webCrypto } from '../../../src/crypto/web.ts';
import { describeVectors } from '../../support/vector-tests.ts';

describeVectors('WebCrypto', webCrypto({ ed25519: 'webcrypto' }));
