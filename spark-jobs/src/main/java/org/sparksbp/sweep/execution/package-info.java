/**
 * How trials are trained: many at a time, each by a Spark task, or one after another, each
 * data-parallel. What a trial does wrong becomes its record; what is wrong with a process ends the
 * sweep.
 */
package org.sparksbp.sweep.execution;
