/**
 * Pronunciation of English words, letter by letter: a window of seven letters in, articulatory
 * features of the middle letter's phoneme and its stress out. After T. J. Sejnowski and C. R.
 * Rosenberg, "Parallel networks that learn to pronounce English text", Complex Systems 1, 145-168,
 * 1987.
 */
package org.sparksbp.nettalk;
