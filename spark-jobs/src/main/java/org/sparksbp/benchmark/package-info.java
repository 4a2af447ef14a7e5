/**
 * Measures how fast this machine trains, prepares and loads, against its own ceilings and against
 * set targets. Everything of one kind is measured in alternation in one process, so that a machine
 * that slows down slows all contenders down.
 */
package org.sparksbp.benchmark;
