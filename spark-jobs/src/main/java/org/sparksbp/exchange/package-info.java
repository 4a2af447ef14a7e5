/**
 * Workers hand their parameters to each other, without the driver between them: through the memory
 * of the process that they share, or over a connection where they are in different ones. What they
 * average together has the bits that an averaging by Spark jobs gives.
 */
package org.sparksbp.exchange;
