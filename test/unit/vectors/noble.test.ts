import { nobleCrypto } from '../../../src/crypto/noble.ts';
import { describeVectors } from '../../support/vector-tests.ts';

describeVectors('noble', nobleCrypto());
