/**
 * Made-up data in the three raw forms, so that everything runs with no data at hand. They follow
 * from a seed, are true to the format, and a file {@code SYNTHETIC} beside them says what they are.
 */
package org.sparksbp.synthetic;
