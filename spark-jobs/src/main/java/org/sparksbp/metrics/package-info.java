/**
 * Numbers of a job in Spark's own metrics system, which its sinks hand on: to Prometheus, say. They
 * stay in the driver until Spark ends.
 */
package org.sparksbp.metrics;
