/**
 * Measures how fast a graphics card trains single networks and packs of them, against what the same
 * card can copy and multiply at most. Needs neither Spark nor ND4J, so that it runs on a machine
 * that has nothing but the card's driver.
 */
package org.sparksbp.benchmark.device;
