/**
 * Names of Spark's jobs and stages, as people read them in its pages and event logs. By itself
 * Spark shows the class and line that a job was started from.
 */
package org.sparksbp.jobname;
