/** Writes the tables of a sweep from its trials' records, in the order of the plan. */
package org.sparksbp.sweep.tables;
