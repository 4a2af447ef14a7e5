/**
 * The report of sweeps: a page with pictures in it, and beside it the pictures and their numbers.
 * Everything is computed from the tables that the sweeps have left.
 */
package org.sparksbp.report;
