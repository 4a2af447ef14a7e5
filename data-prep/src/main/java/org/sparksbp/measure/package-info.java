/**
 * How good outputs are, by task. A measure is a sum that workers collect over their samples and
 * that merges into the sum over all of them.
 */
package org.sparksbp.measure;
