import fc from 'fast-check';

/** Property tests draw the same cases on every run; KEEL_TEST_SEED looks at others. */
fc.configureGlobal({ seed: Number(process.env.KEEL_TEST_SEED ?? 20_261_123) });
