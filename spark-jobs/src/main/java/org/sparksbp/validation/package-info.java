/**
 * Which training samples are not learned but validate what is: a seeded draw of whole groups, so
 * that no word and no recording is on both sides, and every run with the same settings has the same
 * ones.
 */
package org.sparksbp.validation;
