/**
 * The study's cost metric: mean epochs to common error levels times algorithmic complexity
 * (ALGORITHMS, section 5), and an estimate of energy from what was really computed. Where a curve
 * does not support a number, the outcome says why instead of giving one.
 */
package org.sparksbp.cost;
