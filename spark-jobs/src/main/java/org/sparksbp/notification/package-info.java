/**
 * Tells others that a job has ended, and how: a summary in JSON, in a file or by a POST. What goes
 * wrong here is a warning and never the job's.
 */
package org.sparksbp.notification;
