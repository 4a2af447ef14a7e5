/**
 * Workers average their parameters among themselves, without the driver between them: over a queue
 * in memory where they share a process, over a connection of Spark's network library where they do
 * not, with the authentication and encryption of Spark's own connections. The result has the bits
 * that an averaging by Spark jobs gives.
 */
package org.sparksbp.allreduce;
