/**
 * The command line {@code sbp}: one class a command, which reads options, calls a job of another
 * package and says what came of it. {@link org.sparksbp.cli.Sbp} is also the main class for {@code
 * spark-submit --class}.
 */
package org.sparksbp.cli;
