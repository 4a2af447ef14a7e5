/**
 * The three tasks of the study. A {@link org.sparksbp.task.Task} knows its raw files, how they
 * become spike trains, its splits and its measures; a new data set is one more of them.
 */
package org.sparksbp.task;
