/**
 * Many training runs that vary chosen keys: planned in a fixed order, each identified by what
 * determines it, run once and recorded in a folder that several sweeps may share. Tables of the
 * results depend on the configuration and the data alone, never on interruptions. The cost of arms
 * that are compared is computed on the same points and seeds. The job stands here, over what it
 * plans, how it trains, and what it keeps.
 */
package org.sparksbp.sweep;
