package org.sparksbp.aedat;

/**
 * What was found in a file of events.
 *
 * @param events how many it has, those included that were skipped or that are missing at its end
 * @param truncated whether it ends before it should
 */
public record EventsRead(long events, boolean truncated) {}
