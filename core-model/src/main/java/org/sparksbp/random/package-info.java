/**
 * Randomness as a pure function of what it is for. There is no shared generator and no clock, so a
 * task that Spark runs again draws the same numbers.
 */
package org.sparksbp.random;
