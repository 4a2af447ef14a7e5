/**
 * The cluster that a job runs on, as its driver sees it: which executors are there, which were
 * promised, and what a job does while it waits for them. And the graphics cards that tasks are
 * assigned: which they are, and whether a run computes on them.
 */
package org.sparksbp.cluster;
