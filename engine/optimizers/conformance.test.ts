import { describe, expect, it } from 'vitest';
import { aims, families } from './conformance/aims.fixture.ts';
import { conforms } from './conformance/suite.fixture.ts';
import { type Method, optimizers } from './index.ts';

describe.each(Object.keys(families.moments) as Method[])('%s', (method) => {
  conforms(method, aims[method]);
});

describe('the table of methods', () => {
  it('has a suite for every method: a new one says what it claims, or this fails', () => {
    const tested = Object.values(families).flatMap((family) => Object.keys(family));
    expect(tested.sort()).toEqual(Object.keys(optimizers).sort());
  });
});
