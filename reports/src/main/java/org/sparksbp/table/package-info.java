/**
 * The tables of a sweep: what their columns are, how they are written as CSV and Parquet, and how
 * they are read back. Sweeps fill the rows, reports read them; both go by the same schema.
 */
package org.sparksbp.table;
