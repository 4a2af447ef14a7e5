/**
 * Packs: some trials of one model and shape that learn side by side on one device, each with its
 * own weights, constants and seed. A model gives its equations for all members at once ({@link
 * org.sparksbp.pack.PackModel}); to everything else each member is a {@link
 * org.sparksbp.learner.Learner} of its own.
 */
package org.sparksbp.pack;
