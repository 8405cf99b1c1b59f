/** The parts of the verifier, for the tests that compare them with integers: no build that is shipped has this door. */
import { reduce } from '../build/reduce.ts';
import {
  add,
  carry,
  fromBytes,
  highLanes,
  invert,
  LANE,
  laneToBytes,
  lowLanes,
  multiply,
  packLane,
  prepareField,
  squareRoot,
  squareTimes,
  subtract,
  swapLanes,
  unpackLanes,
} from './field.ts';
import { invertBytes } from './inverse.ts';
import { isCanonical, writeDigits, writeSparseDigits } from './scalar.ts';
import { hash } from './sha512.ts';

export {
  add,
  carry,
  fromBytes,
  hash,
  highLanes,
  invert,
  invertBytes,
  isCanonical,
  LANE,
  laneToBytes,
  lowLanes,
  multiply,
  packLane,
  prepareField,
  reduce,
  squareRoot,
  squareTimes,
  subtract,
  swapLanes,
  unpackLanes,
  writeDigits,
  writeSparseDigits,
};

/** Room for a test's numbers. */
export const ROOM: usize = memory.data(65536, 16);
