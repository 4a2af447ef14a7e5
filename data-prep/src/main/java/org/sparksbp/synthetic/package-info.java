/**
 * Made-up data, so that everything runs with no data at hand. Each task writes its own, true to the
 * format and decided by a seed; a file {@code SYNTHETIC} beside them says what they are.
 */
package org.sparksbp.synthetic;
