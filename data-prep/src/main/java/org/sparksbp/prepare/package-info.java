/**
 * The Spark job that turns a task's raw files into a finished shard set. It leaves either the whole
 * set with its manifest or nothing that looks like one, and the same bytes however it was run.
 */
package org.sparksbp.prepare;
