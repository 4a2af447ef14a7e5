/**
 * How well a model does on samples: the task's measures, a confusion matrix, single answers.
 * Training uses it after every epoch, the {@code evaluate} command on a model folder.
 */
package org.sparksbp.evaluation;
