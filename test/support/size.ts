/**
 * The largest tests run at a fifth of their size beside all others, so that these end within a quarter of an hour on two
 * cores; `SAMLING_TEST_SIZE=full` runs them whole, by themselves.
 */
export const isFullSize = process.env['SAMLING_TEST_SIZE'] === 'full';
