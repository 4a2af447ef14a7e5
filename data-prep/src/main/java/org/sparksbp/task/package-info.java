/**
 * What a data set is. A {@link org.sparksbp.task.Task} knows its raw files, how they become spike
 * trains, its splits, options and measures; a new data set is one more of them.
 */
package org.sparksbp.task;
