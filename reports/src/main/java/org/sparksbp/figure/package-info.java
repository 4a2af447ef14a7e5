/**
 * Pictures of numbers that others have chosen: charts, maps and rasters, drawn without a display.
 * What is worth a picture, and why one is missing, is decided where the report is made.
 */
package org.sparksbp.figure;
