/** JMH benchmarks; the module's README says how to run and read them. */
package org.sparksbp.microbenchmark;
