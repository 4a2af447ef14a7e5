/**
 * Workers average their parameters among themselves, without the driver between them: over a queue
 * in memory where they share a process, over a TCP connection where they do not. The result has the
 * bits that an averaging by Spark jobs gives.
 */
package org.sparksbp.allreduce;
