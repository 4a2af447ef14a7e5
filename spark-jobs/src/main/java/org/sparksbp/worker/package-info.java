/**
 * What lives on a worker: its block of samples in memory, and learners that are built once and used
 * again. Everything here can be made anew from the shards and the configuration when a process
 * dies.
 */
package org.sparksbp.worker;
