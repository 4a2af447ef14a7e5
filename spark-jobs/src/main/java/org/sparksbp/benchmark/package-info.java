/**
 * Measures how fast this machine trains, prepares and loads, against its own ceilings and against
 * set targets. Everything of one kind is interleaved in one process, so that a machine that slows
 * down slows all cases down.
 */
package org.sparksbp.benchmark;
